import { Inject, Injectable } from '@nestjs/common';
import type { Purpose } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import type {
  WireResynchroniseRequest,
  WireVerifyBatchRequest,
  WireVerifyBatchResponse,
  WireVerifyRequest,
  WireVerifyResponse,
  WireVerifySignatureRequest,
} from '@ramz/proto';
import type { Attempt, AttemptResult } from '../../boundary/commands.ts';
import { ATTEMPTS_MAX } from '../../boundary/limits.ts';
import { type Asker, VaultLink } from '../../boundary/vault-link.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { BANK_PROFILE } from '../access/front-tokens.ts';
import type { Origin } from '../budgets/failure-budgets.ts';
import { FailureLimiter, originOf } from '../budgets/failure-limiter.ts';
import { granted, MalformedRequest } from '../errors/front-errors.ts';
import { VerdictReporter } from './verdict-reporter.ts';
import { type CodeRequest, readResynchronise, readSignature, readTry } from './verification.mapper.ts';

/** Gets verdicts on the codes of one call, for NestJS's handlers and for the fast path. */
@Injectable()
export class CodeVerifier {
  readonly #link: VaultLink;
  readonly #profile: BankProfile;
  readonly #budgets: FailureLimiter;
  readonly #reporter: VerdictReporter;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(BANK_PROFILE) profile: BankProfile,
    @Inject(FailureLimiter) budgets: FailureLimiter,
    @Inject(VerdictReporter) reporter: VerdictReporter,
  ) {
    this.#link = link;
    this.#profile = profile;
    this.#budgets = budgets;
    this.#reporter = reporter;
  }

  async verify(request: WireVerifyRequest, caller: ChannelCaller, asker: Asker): Promise<WireVerifyResponse> {
    const [response] = await this.#verdicts(caller, [readTry(request, this.#profile)], asker);
    return response as WireVerifyResponse;
  }

  async verifyBatch(
    { requests }: WireVerifyBatchRequest,
    caller: ChannelCaller,
    asker: Asker,
  ): Promise<WireVerifyBatchResponse> {
    if (requests.length < 1 || requests.length > ATTEMPTS_MAX) {
      throw new MalformedRequest('requests', `must be 1 to ${ATTEMPTS_MAX} codes`);
    }
    const tries = requests.map((request, i) => readTry(request, this.#profile, `requests[${i}].`));
    return { responses: await this.#verdicts(caller, tries, asker) };
  }

  async verifySignature(
    request: WireVerifySignatureRequest,
    caller: ChannelCaller,
    asker: Asker,
  ): Promise<WireVerifyResponse> {
    const { attempt, transaction, terminal } = readSignature(request, this.#profile);
    const { name, group, channel } = caller;
    const { purpose, ...tried } = attempt;
    return await this.#verdictOn(caller, purpose, originOf(caller, attempt.subjectName, terminal), async () => {
      const signed = { caller: name, group, channel, transaction, ...tried };
      const reply = await this.#link.send({ kind: 'verify-signature', ...signed }, asker);
      return granted<'verify-signature'>(reply).results;
    });
  }

  async resynchronise(
    request: WireResynchroniseRequest,
    caller: ChannelCaller,
    asker: Asker,
  ): Promise<WireVerifyResponse> {
    const { name, group, channel, resyncBack: goesBack } = caller;
    const codes = readResynchronise(request, this.#profile);
    return await this.#verdictOn(caller, codes.purpose, originOf(caller, codes.subjectName, ''), async () => {
      const from = { caller: name, group, channel, goesBack };
      const reply = await this.#link.send({ kind: 'resynchronise', ...from, ...codes }, asker);
      return granted<'resynchronise'>(reply).results;
    });
  }

  async #verdicts(caller: ChannelCaller, tries: readonly CodeRequest[], asker: Asker): Promise<WireVerifyResponse[]> {
    const { name, group, channel } = caller;
    const attempts = tries.map(({ attempt }) => attempt);
    const origins = tries.map(({ attempt, terminal }) => originOf(caller, attempt.subjectName, terminal));
    this.#budgets.enterAll(origins);
    try {
      const command = { kind: 'verify', caller: name, group, channel, attempts } as const;
      const { results } = granted<'verify'>(await this.#link.send(command, asker));
      if (results.length !== attempts.length) throw new Error('the vault gave another number of verdicts');
      return results.map((result, i) =>
        this.#reporter.report(caller, (attempts[i] as Attempt).purpose, origins[i] as Origin, result),
      );
    } finally {
      this.#budgets.leave(origins);
    }
  }

  /** Returns the single verdict of `work`. */
  async #verdictOn(
    caller: ChannelCaller,
    purpose: Purpose,
    origin: Origin,
    work: () => Promise<readonly AttemptResult[]>,
  ): Promise<WireVerifyResponse> {
    this.#budgets.enterAll([origin]);
    try {
      const [result] = await work();
      return this.#reporter.report(caller, purpose, origin, result);
    } finally {
      this.#budgets.leave([origin]);
    }
  }
}
