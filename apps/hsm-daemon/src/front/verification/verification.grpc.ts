import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Purpose } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import type {
  WireResynchroniseRequest,
  WireResynchroniseResponse,
  WireVerifyBatchRequest,
  WireVerifyBatchResponse,
  WireVerifyRequest,
  WireVerifyResponse,
  WireVerifySignatureRequest,
  WireVerifySignatureResponse,
} from '@ramz/proto';
import type { Attempt, AttemptResult } from '../../boundary/commands.ts';
import { ATTEMPTS_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import type { ChannelCaller } from '../access/caller.ts';
import type { AnyCall } from '../access/connection-of.ts';
import type { Origin } from '../budgets/failure-budgets.ts';
import { FailureLimiter, originOf } from '../budgets/failure-limiter.ts';
import { BANK_PROFILE } from '../front-options.ts';
import type { Answer } from '../rpc/direct-calls.ts';
import { MalformedRequest } from '../rpc/malformed-request.ts';
import { granted } from '../rpc/vault-fault.ts';
import { VerdictReporter } from './verdict-reporter.ts';
import { type CodeRequest, readResynchronise, readSignature, readTry } from './verification.mapper.ts';

const SERVICE_PATH = '/ramz.hsm.v1.VerificationService/';

@Controller()
export class VerificationController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #profile: BankProfile;
  readonly #budgets: FailureLimiter;
  readonly #told: VerdictReporter;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(BANK_PROFILE) profile: BankProfile,
    @Inject(FailureLimiter) budgets: FailureLimiter,
    @Inject(VerdictReporter) told: VerdictReporter,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#profile = profile;
    this.#budgets = budgets;
    this.#told = told;
  }

  /** Calls that come by the thousand: they are answered without the framework's way to a controller. */
  get direct(): ReadonlyMap<string, Answer> {
    return new Map<string, Answer>([
      [`${SERVICE_PATH}Verify`, (request, call) => this.verify(request as WireVerifyRequest, undefined, call)],
      [
        `${SERVICE_PATH}VerifyBatch`,
        (request, call) => this.verifyBatch(request as WireVerifyBatchRequest, undefined, call),
      ],
    ]);
  }

  @GrpcMethod('VerificationService', 'Verify')
  async verify(request: WireVerifyRequest, _metadata: unknown, call: AnyCall): Promise<WireVerifyResponse> {
    const caller = this.#admission.knownChannel('Verify', call) ?? (await this.#admission.admitChannel('Verify', call));
    const [response] = await this.#verdicts(caller, [readTry(request, this.#profile)], call);
    return response as WireVerifyResponse;
  }

  @GrpcMethod('VerificationService', 'VerifyBatch')
  async verifyBatch(
    { requests }: WireVerifyBatchRequest,
    _metadata: unknown,
    call: AnyCall,
  ): Promise<WireVerifyBatchResponse> {
    const known = this.#admission.knownChannel('VerifyBatch', call);
    const caller = known ?? (await this.#admission.admitChannel('VerifyBatch', call));
    if (requests.length < 1 || requests.length > ATTEMPTS_MAX) {
      throw new MalformedRequest('requests', `must be 1 to ${ATTEMPTS_MAX} codes`);
    }
    const tries = requests.map((request, i) => readTry(request, this.#profile, `requests[${i}].`));
    return { responses: await this.#verdicts(caller, tries, call) };
  }

  @GrpcMethod('VerificationService', 'VerifySignature')
  async verifySignature(
    request: WireVerifySignatureRequest,
    _metadata: unknown,
    call: AnyCall,
  ): Promise<WireVerifySignatureResponse> {
    const caller = await this.#admission.admitChannel('VerifySignature', call);
    const { attempt, transaction, terminal } = readSignature(request, this.#profile);
    const { name, group, channel } = caller;
    const { purpose, ...tried } = attempt;
    return await this.#verdictOn(caller, purpose, originOf(caller, attempt.subjectName, terminal), async () => {
      const signed = { caller: name, group, channel, transaction, ...tried };
      const reply = await this.#link.send({ kind: 'verify-signature', ...signed }, askerOf(caller, call));
      return granted<'verify-signature'>(reply).results;
    });
  }

  @GrpcMethod('VerificationService', 'Resynchronise')
  async resynchronise(
    request: WireResynchroniseRequest,
    _metadata: unknown,
    call: AnyCall,
  ): Promise<WireResynchroniseResponse> {
    const caller = await this.#admission.admitChannel('Resynchronise', call);
    const { name, group, channel, resyncBack: goesBack } = caller;
    const codes = readResynchronise(request, this.#profile);
    return await this.#verdictOn(caller, codes.purpose, originOf(caller, codes.subjectName, ''), async () => {
      const from = { caller: name, group, channel, goesBack };
      const reply = await this.#link.send({ kind: 'resynchronise', ...from, ...codes }, askerOf(caller, call));
      return granted<'resynchronise'>(reply).results;
    });
  }

  async #verdicts(caller: ChannelCaller, tries: readonly CodeRequest[], call: AnyCall): Promise<WireVerifyResponse[]> {
    const { name, group, channel } = caller;
    const attempts = tries.map(({ attempt }) => attempt);
    const origins = tries.map(({ attempt, terminal }) => originOf(caller, attempt.subjectName, terminal));
    this.#budgets.enterAll(origins);
    try {
      const command = { kind: 'verify', caller: name, group, channel, attempts } as const;
      const reply = await this.#link.send(command, askerOf(caller, call));
      const { results } = granted<'verify'>(reply);
      if (results.length !== attempts.length) throw new Error('the vault gave another number of verdicts');
      return results.map((result, i) =>
        this.#told.report(caller, (attempts[i] as Attempt).purpose, origins[i] as Origin, result),
      );
    } finally {
      this.#budgets.leave(origins);
    }
  }

  /** The one verdict that `work` gives. */
  async #verdictOn(
    caller: ChannelCaller,
    purpose: Purpose,
    origin: Origin,
    work: () => Promise<readonly AttemptResult[]>,
  ): Promise<WireVerifyResponse> {
    this.#budgets.enterAll([origin]);
    try {
      const [result] = await work();
      return this.#told.report(caller, purpose, origin, result);
    } finally {
      this.#budgets.leave([origin]);
    }
  }
}
