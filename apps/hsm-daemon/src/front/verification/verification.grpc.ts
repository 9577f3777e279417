import { type ServerDuplexStream, status } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod, GrpcStreamCall } from '@nestjs/microservices';
import type {
  WireResynchroniseRequest,
  WireResynchroniseResponse,
  WireVerifyBatchRequest,
  WireVerifyBatchResponse,
  WireVerifyRequest,
  WireVerifyResponse,
  WireVerifySignatureRequest,
  WireVerifySignatureResponse,
  WireVerifyStreamRequest,
  WireVerifyStreamResponse,
} from '@ramz/proto';
import { ATTEMPTS_MAX, STREAM_AWAY_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import type { BankProfile } from '../../config/bank-profile.ts';
import { Admission } from '../access/admission.ts';
import type { ChannelCaller } from '../access/caller.ts';
import type { AnyCall } from '../access/connection-of.ts';
import { BudgetGuard, originOf } from '../budgets/budget-guard.ts';
import { BANK_PROFILE } from '../front-options.ts';
import type { Answer } from '../rpc/direct-calls.ts';
import { MalformedRequest } from '../rpc/malformed-request.ts';
import { RefusalFilter } from '../rpc/refusal.filter.ts';
import { refusalOf } from '../rpc/refusal-error.ts';
import { granted } from '../rpc/vault-fault.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { answerStream } from './answer-stream.ts';
import { readResynchronise, readSignature, readTry, type TriedCode, writeVerdict } from './verification.mapper.ts';

type Stream = ServerDuplexStream<WireVerifyStreamRequest, WireVerifyStreamResponse>;

const SERVICE_PATH = '/ramz.hsm.v1.VerificationService/';

/** The daemon can decide on nothing any more: the stream ends, and so does each call. */
const ENDS_STREAM: readonly status[] = [status.FAILED_PRECONDITION, status.UNAVAILABLE];

@Controller()
export class VerificationController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #profile: BankProfile;
  readonly #filter: RefusalFilter;
  readonly #budgets: BudgetGuard;
  readonly #metrics: Metrics;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(BANK_PROFILE) profile: BankProfile,
    @Inject(RefusalFilter) filter: RefusalFilter,
    @Inject(BudgetGuard) budgets: BudgetGuard,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#profile = profile;
    this.#filter = filter;
    this.#budgets = budgets;
    this.#metrics = metrics;
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
    const [response] = await this.#verdicts(caller, [readTry(request, this.#profile)]);
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
    return { responses: await this.#verdicts(caller, tries) };
  }

  @GrpcMethod('VerificationService', 'VerifySignature')
  async verifySignature(
    request: WireVerifySignatureRequest,
    _metadata: unknown,
    call: AnyCall,
  ): Promise<WireVerifySignatureResponse> {
    const caller = await this.#admission.admitChannel('VerifySignature', call);
    const { attempt, transaction, terminal } = readSignature(request, this.#profile);
    const { name, channel, diagnose } = caller;
    const origins = [originOf(caller, attempt.subject_name, terminal)];
    const [result] = await this.#budgets.through(name, origins, async () => {
      const { purpose: _, ...tried } = attempt;
      const reply = await this.#link.send({ kind: 'verify-signature', caller: name, channel, transaction, ...tried });
      return granted<'verify-signature'>(reply).results;
    });
    if (result === undefined) throw new Error('the vault gave no verdict');
    this.#metrics.verdict(channel, 'transaction-signature', result);
    return writeVerdict(result, diagnose);
  }

  @GrpcMethod('VerificationService', 'Resynchronise')
  async resynchronise(
    request: WireResynchroniseRequest,
    _metadata: unknown,
    call: AnyCall,
  ): Promise<WireResynchroniseResponse> {
    const caller = await this.#admission.admitChannel('Resynchronise', call);
    const { name, channel, diagnose } = caller;
    const codes = readResynchronise(request, this.#profile);
    const origins = [originOf(caller, codes.subject_name, '')];
    const [result] = await this.#budgets.through(name, origins, async () => {
      const reply = await this.#link.send({ kind: 'resynchronise', caller: name, channel, ...codes });
      return granted<'resynchronise'>(reply).results;
    });
    if (result === undefined) throw new Error('the vault gave no verdict');
    this.#metrics.verdict(channel, codes.purpose, result);
    return writeVerdict(result, diagnose);
  }

  // What is thrown in a stream passes no filter of the framework.
  @GrpcStreamCall('VerificationService', 'VerifyStream')
  async verifyStream(call: Stream): Promise<void> {
    try {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      await answerStream(call, STREAM_AWAY_MAX, (item) => this.#outcome(caller, item));
      call.end();
    } catch (error) {
      // Whoever has gone hears no status.
      if (!call.cancelled) call.emit('error', this.#filter.refusal(error));
    }
  }

  async #outcome(caller: ChannelCaller, { request }: WireVerifyStreamRequest): Promise<WireVerifyStreamResponse> {
    const requestId = request?.requestId ?? '';
    try {
      if (request === null) throw new MalformedRequest('request', 'is missing');
      const [verdict] = await this.#verdicts(caller, [readTry(request, this.#profile, 'request.')]);
      return { requestId, verdict: verdict ?? null, outcome: 'verdict' };
    } catch (error) {
      const refused = refusalOf(error);
      if (refused === undefined || ENDS_STREAM.includes(refused.code)) throw error;
      const refusal = { code: status[refused.code] ?? '', reason: refused.reason, message: refused.details };
      return { requestId, refusal, outcome: 'refusal' };
    }
  }

  async #verdicts(caller: ChannelCaller, tries: readonly TriedCode[]): Promise<WireVerifyResponse[]> {
    const { name, channel, diagnose } = caller;
    const attempts = tries.map(({ attempt }) => attempt);
    const origins = tries.map(({ attempt, terminal }) => originOf(caller, attempt.subject_name, terminal));
    const results = await this.#budgets.through(name, origins, async () => {
      const reply = await this.#link.send({ kind: 'verify', caller: name, channel, attempts });
      return granted<'verify'>(reply).results;
    });
    attempts.forEach(({ purpose }, i) => {
      const result = results[i];
      if (result !== undefined) this.#metrics.verdict(channel, purpose, result);
    });
    return results.map((result) => writeVerdict(result, diagnose));
  }
}
