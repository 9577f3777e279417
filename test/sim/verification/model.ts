// What a bank is promised, as a program that does one thing at a time (M-13, M-15, D-1, D-2, D-12), written from the
// requirements and not from the vault. Whatever many daemons answered at once must be what this could have answered.
import type { Purpose, VerdictReason } from '../../../apps/hsm-daemon/src/boundary/commands.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;

/** The code of a step of a token; token -1 for a code that is nobody's. */
export interface CodeOf {
  readonly token: number;
  readonly step: number;
}

export interface Account {
  readonly floor: readonly number[];
  /** When wrong codes came, all of them. */
  readonly wrong_ms: readonly number[];
  readonly since_accepted: number;
  readonly is_locked: boolean;
}

/** How one subject stands, by purpose. */
export type Subject = Readonly<Partial<Record<Purpose, Account>>>;

/** What the model knows of the profile. */
export interface Limits {
  readonly tries_max: number;
  readonly card_tries_max: number;
  readonly slow_tries_max: number;
}

export function tryCode(
  subject: Subject,
  purpose: Purpose,
  { token, step }: CodeOf,
  now_ms: number,
  limits: Limits,
): { readonly reason: VerdictReason; readonly after: Subject } {
  const account = subject[purpose];
  if (account === undefined) return { reason: 'not-enrolled', after: subject };
  if (account.is_locked) return { reason: 'locked-before', after: subject };
  const now_step = Math.floor(now_ms / MINUTE_MS);
  const is_live = token >= 0 && step <= now_step && step >= now_step - 1;
  if (!is_live) return wrong(subject, purpose, account, now_ms, limits);
  if (step <= (account.floor[token] ?? 0)) return { reason: 'used-code', after: subject };
  const floor = account.floor.with(token, step);
  return { reason: 'accepted', after: { ...subject, [purpose]: { ...account, floor, since_accepted: 0 } } };
}

function wrong(subject: Subject, purpose: Purpose, account: Account, now_ms: number, limits: Limits) {
  const tried = {
    ...account,
    wrong_ms: [...account.wrong_ms, now_ms],
    since_accepted: account.since_accepted + 1,
  };
  const after = { ...subject, [purpose]: tried };
  const within = (times: readonly number[], ms: number) => times.filter((at_ms) => at_ms > now_ms - ms).length;
  const of_card = Object.values(after).reduce((sum, one) => sum + within(one.wrong_ms, DAY_MS), 0);
  if (of_card >= limits.card_tries_max) {
    const all = Object.entries(after).map(([name, one]) => [name, { ...one, is_locked: true }]);
    return { reason: 'card-locked-now' as const, after: Object.fromEntries(all) as Subject };
  }
  const locked = { ...after, [purpose]: { ...tried, is_locked: true } };
  if (within(tried.wrong_ms, 30 * DAY_MS) >= limits.slow_tries_max) {
    return { reason: 'slow-locked-now' as const, after: locked };
  }
  const since = tried.wrong_ms.slice(tried.wrong_ms.length - tried.since_accepted);
  if (within(since, DAY_MS) >= limits.tries_max) return { reason: 'locked-now' as const, after: locked };
  return { reason: 'wrong-code' as const, after };
}
