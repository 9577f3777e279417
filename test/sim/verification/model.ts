// The promises to a bank (M-13, M-15, D-1, D-2, D-12) as a sequential program, written from the
// requirements and not from the vault. It must be able to give any answers that concurrent daemons
// gave.
import type { Purpose, VerdictReason } from '../../../libs/audit-log/src/entries/words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;

/** The code of a token's step. Token -1 stands for a code of no token. */
export interface CodeOf {
  readonly token: number;
  readonly step: number;
}

export interface Account {
  readonly floor: readonly number[];
  /** The times of all wrong codes. */
  readonly wrongMs: readonly number[];
  readonly sinceAccepted: number;
  readonly isLocked: boolean;
}

/** The accounts of one subject by purpose. */
export type Subject = Readonly<Partial<Record<Purpose, Account>>>;

/** The part of the profile that the model uses. */
export interface Limits {
  readonly triesMax: number;
  readonly cardTriesMax: number;
  readonly slowTriesMax: number;
}

export function tryCode(
  subject: Subject,
  purpose: Purpose,
  { token, step }: CodeOf,
  nowMs: number,
  limits: Limits,
): { readonly reason: VerdictReason; readonly after: Subject } {
  const account = subject[purpose];
  if (account === undefined) return { reason: 'not-enrolled', after: subject };
  if (account.isLocked) return { reason: 'locked-before', after: subject };
  const nowStep = Math.floor(nowMs / MINUTE_MS);
  const isLive = token >= 0 && step <= nowStep && step >= nowStep - 1;
  if (!isLive) return wrong(subject, purpose, account, nowMs, limits);
  if (step <= (account.floor[token] ?? 0)) return { reason: 'used-code', after: subject };
  const floor = account.floor.with(token, step);
  return { reason: 'accepted', after: { ...subject, [purpose]: { ...account, floor, sinceAccepted: 0 } } };
}

function wrong(subject: Subject, purpose: Purpose, account: Account, nowMs: number, limits: Limits) {
  const tried = {
    ...account,
    wrongMs: [...account.wrongMs, nowMs],
    sinceAccepted: account.sinceAccepted + 1,
  };
  const after = { ...subject, [purpose]: tried };
  const within = (times: readonly number[], ms: number) => times.filter((atMs) => atMs > nowMs - ms).length;
  const ofCard = Object.values(after).reduce((sum, one) => sum + within(one.wrongMs, DAY_MS), 0);
  if (ofCard >= limits.cardTriesMax) {
    const all = Object.entries(after).map(([name, one]) => [name, { ...one, isLocked: true }]);
    return { reason: 'card-locked-now' as const, after: Object.fromEntries(all) as Subject };
  }
  const locked = { ...after, [purpose]: { ...tried, isLocked: true } };
  if (within(tried.wrongMs, 30 * DAY_MS) >= limits.slowTriesMax) {
    return { reason: 'slow-locked-now' as const, after: locked };
  }
  const since = tried.wrongMs.slice(tried.wrongMs.length - tried.sinceAccepted);
  if (within(since, DAY_MS) >= limits.triesMax) return { reason: 'locked-now' as const, after: locked };
  return { reason: 'wrong-code' as const, after };
}
