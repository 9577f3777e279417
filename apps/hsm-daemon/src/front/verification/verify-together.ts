import { status } from '@grpc/grpc-js';
import { Inject, Injectable } from '@nestjs/common';
import type { BankProfile } from '@ramz/bank-profile';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type { WireVerifyStreamRequest, WireVerifyStreamResponse } from '@ramz/proto';
import type { Attempt, FaultReply, ReplyOf, VerifyCommand } from '../../boundary/commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { askerOf } from '../access/asker-of.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { BANK_PROFILE } from '../access/front-tokens.ts';
import type { Origin } from '../budgets/failure-budgets.ts';
import { FailureLimiter, originOf } from '../budgets/failure-limiter.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import { granted, MalformedRequest } from '../errors/front-errors.ts';
import { refusalOf } from '../errors/refusal.ts';
import type { Together } from '../fast-path/flow-control.ts';
import { VerdictReporter } from './verdict-reporter.ts';
import { readTry } from './verification.mapper.ts';

/** Statuses of a daemon that can decide nothing any more: they end the stream. */
const ENDS_STREAM: readonly status[] = [status.FAILED_PRECONDITION, status.UNAVAILABLE];

/** A request that goes to the vault. */
interface Entered {
  readonly requestId: string;
  readonly attempt: Attempt;
  readonly origin: Origin;
}

interface Refused {
  readonly requestId: string;
  readonly error: unknown;
}

/** The outcomes: the stream's answers, and why it ends, if it does. */
export interface OutcomesTogether extends Together {
  readonly answers: readonly WireVerifyStreamResponse[];
}

type Answered = ReplyOf['verify'] | FaultReply | Refused;

/**
 * Verifies requests of a stream that arrived together. They go to the vault together, but each is a
 * call of its own.
 */
@Injectable()
export class VerifyTogether {
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

  /**
   * Returns the outcomes in order, up to the first that ends the stream. All verdicts are reported
   * to budgets and metrics.
   */
  async answer(
    caller: ChannelCaller,
    items: readonly WireVerifyStreamRequest[],
    call: AnyCall,
  ): Promise<OutcomesTogether> {
    const read = items.map((item) => this.#enter(caller, item));
    const entered = read.filter((one): one is Entered => !('error' in one));
    try {
      const replies = (await this.#decide(caller, entered, call)).values();
      const outcomes = read.map((one) => ('error' in one ? one : this.#outcome(caller, one, replies.next().value)));
      return beforeTheFailure(outcomes);
    } finally {
      this.#budgets.leave(entered.map(({ origin }) => origin));
    }
  }

  #enter(caller: ChannelCaller, { request }: WireVerifyStreamRequest): Entered | Refused {
    // A request id that is too long is rejected, and only its beginning sent back.
    const requestId = request?.requestId.slice(0, NAME_CHARS_MAX) ?? '';
    try {
      if (request === null) throw new MalformedRequest('request', 'is missing');
      const { attempt, terminal } = readTry(request, this.#profile, 'request.');
      const origin = originOf(caller, attempt.subjectName, terminal);
      this.#budgets.enter(origin, 'request.terminal_id');
      return { requestId, attempt, origin };
    } catch (error) {
      return { requestId, error };
    }
  }

  async #decide(caller: ChannelCaller, entered: readonly Entered[], call: AnyCall): Promise<readonly Answered[]> {
    const { name, group, channel } = caller;
    const commands = entered.map(
      ({ attempt }): VerifyCommand => ({ kind: 'verify', caller: name, group, channel, attempts: [attempt] }),
    );
    try {
      return await this.#link.sendEach(commands, askerOf(caller, call));
    } catch (error) {
      return entered.map(({ requestId }) => ({ requestId, error }));
    }
  }

  #outcome(
    caller: ChannelCaller,
    { requestId, attempt, origin }: Entered,
    reply: Answered | undefined,
  ): WireVerifyStreamResponse | Refused {
    if (reply !== undefined && 'error' in reply) return reply;
    try {
      const result = reply && granted<'verify'>(reply).results[0];
      const verdict = this.#reporter.report(caller, attempt.purpose, origin, result);
      return { requestId, verdict, outcome: 'verdict' };
    } catch (error) {
      return { requestId, error };
    }
  }
}

function beforeTheFailure(outcomes: readonly (WireVerifyStreamResponse | Refused)[]): OutcomesTogether {
  const answers: WireVerifyStreamResponse[] = [];
  for (const outcome of outcomes) {
    const answer = 'error' in outcome ? refusedAlone(outcome) : outcome;
    if (answer === undefined) return { answers, failure: (outcome as Refused).error };
    answers.push(answer);
  }
  return { answers };
}

/** Returns undefined for an error that ends the stream. */
function refusedAlone({ requestId, error }: Refused): WireVerifyStreamResponse | undefined {
  const refused = refusalOf(error);
  if (refused === undefined || ENDS_STREAM.includes(refused.code)) return undefined;
  const refusal = { code: status[refused.code] ?? '', reason: refused.reason, message: refused.details };
  return { requestId, refusal, outcome: 'refusal' };
}
