import type { ActivationFacts } from '@ramz/audit-log';

/** The latest activation of a subject: under way, used, or over. It holds no code (D-4). */
export interface Activation extends ActivationFacts {
  readonly issuedAtMs: number;
  readonly wrongTries: number;
  /** Digest of the last wrong try, or empty: the same envelope again is no further try. */
  readonly lastTry: string;
  /** How often its text was sent again. */
  readonly repeats: number;
  /** Key of the request that began it: a repetition of that one gets its codes again. */
  readonly requestKey: string;
  /** Key of the request that sent its latest text. */
  readonly textKey: string;
}

/** What an activation is judged by, beside its codes. */
export interface ActivationNow {
  readonly nowMs: number;
  /** Epoch of the stored keys; a restore increments it. */
  readonly storeEpoch: number;
  /** Whether the seed master key of its epoch may be used. */
  readonly hasKey: boolean;
  readonly triesMax: number;
}

/** Less of a code's life is not worth a text: the customer has to read and type it (D-18). */
export const LIFE_WORTH_A_TEXT_MS = 30_000;

/** Returns whether codes may still be typed. A clock that jumps never makes a life longer. */
export function isAlive(activation: Activation, now: ActivationNow): boolean {
  return isOfStore(activation, now) && activation.wrongTries < now.triesMax && isInTime(activation, now.nowMs);
}

/** Returns whether the printed code lives: the text can be sent again. */
export function mayRepeatText(activation: Activation, now: ActivationNow): boolean {
  const { issuedAtMs, codeUntilMs, appKey, textCode, wrongTries } = activation;
  const isPrintedAlive = issuedAtMs <= now.nowMs && now.nowMs < codeUntilMs;
  const isOpen = appKey === '' && textCode > 0 && wrongTries < now.triesMax;
  return isOfStore(activation, now) && isPrintedAlive && isOpen;
}

/** After a restore, codes may have been used without a trace in the store (D-23). */
export function isOfStore({ storeEpoch }: Activation, now: Pick<ActivationNow, 'storeEpoch' | 'hasKey'>): boolean {
  return storeEpoch === now.storeEpoch && now.hasKey;
}

export function isInTime({ issuedAtMs, codeUntilMs, textCode, textUntilMs }: Activation, nowMs: number): boolean {
  return issuedAtMs <= nowMs && nowMs < codeUntilMs && (textCode === 0 || nowMs < textUntilMs);
}

/** Returns what entries say of an activation. */
export function factsOf(activation: Activation): ActivationFacts {
  const { id, method, epoch, storeEpoch, codeUntilMs, textCode, textUntilMs, appKey, made } = activation;
  return { id, method, epoch, storeEpoch, codeUntilMs, textCode, textUntilMs, appKey, made };
}
