// docs/reference/states.md, "The program of a token".
import { type Secret, secretBytes } from '@ramz/otp-core';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { DeviceTimeMs } from '../time/instant.ts';
import { loadedOf } from './loaded.ts';
import { answerOf, canMakeCodes, codeOfCounter, codeOfTime } from './make-code.ts';
import type { TokenEffect, TokenEvent, TokenEventKind } from './token-event.ts';
import type { Display, LoadedSeed, Pin, Resting, StateName, TokenState } from './token-state.ts';

/** What the program knows besides its state: the time on its own clock, and its profile. */
export interface Moment {
  readonly now: DeviceTimeMs;
  readonly profile: DeviceProfile;
}

export interface Transition {
  readonly state: TokenState;
  readonly effects: readonly TokenEffect[];
}

/** Long enough to read a message. */
const MESSAGE_S = 2;
/** Longest challenge typed on a keypad; one from a host may be longer. */
const CHALLENGE_KEYS_MAX = 10;

/** No crystal is a thousandth wrong. */
const EARLY = 0.999;
/** A year: a timer of a token has few digits. */
const WAIT_S_MAX = 31_557_600;

type StateOf<S extends StateName> = Extract<TokenState, { name: S }>;
type EventOf<E extends TokenEventKind> = Extract<TokenEvent, { kind: E }>;
type Accepts = {
  readonly [S in StateName]: {
    readonly [E in TokenEventKind]?: (state: StateOf<S>, event: EventOf<E>, moment: Moment) => Transition;
  };
};

const powerLost = (state: TokenState, _: TokenEvent, { profile }: Moment): Transition => lose(state, profile);
const caseOpened = (state: TokenState): Transition => {
  wipe(state);
  return rest({ name: 'tampered' });
};
/** Wipes the secrets; the token stays without power. */
const openedWithoutPower = (state: TokenState): Transition => {
  wipe(state);
  return { state: { name: 'off', kept: { name: 'tampered' } }, effects: [] };
};
const lifeEnded = (state: TokenState): Transition => {
  wipe(state);
  return rest({ name: 'expired' });
};
const backToDark = ({ loaded }: { readonly loaded: LoadedSeed }): Transition => rest({ name: 'dark', loaded });
const provisioned = (state: TokenState, { provision, envelope }: EventOf<'provision'>): Transition => {
  wipe(state);
  const open = { kind: 'open-envelope' as const, envelope, context: provision.enrolmentId };
  return { state: { name: 'opening', provision }, effects: [STOP_TIMER, open] };
};
/** Sets a PIN only once: a host on a cable cannot change it. A new seed clears it. */
const pinSet = ({ loaded }: { readonly loaded: LoadedSeed }, { digits }: EventOf<'pin-set'>, { profile }: Moment) => {
  if (loaded.pin !== undefined) {
    digits.wipe();
    return rest({ name: 'dark', loaded });
  }
  return rest({ name: 'dark', loaded: { ...loaded, pin: { digits, triesLeft: profile.pin?.tries ?? 1 } } });
};

/** Events that end any activity. */
const ALWAYS = { 'power-lost': powerLost, 'case-opened': caseOpened, 'life-ended': lifeEnded } as const;

/** The events that each state accepts. Any other event changes nothing. */
export const ACCEPTS: Accepts = {
  off: { 'power-returned': ({ kept }, _, moment) => wake(kept, moment), 'case-opened': openedWithoutPower },
  blank: { ...ALWAYS, provision: provisioned },
  opening: { ...ALWAYS, 'seed-opened': seedOpened, 'seed-refused': seedRefused },
  dark: {
    ...ALWAYS,
    provision: provisioned,
    'pin-set': pinSet,
    'button-pressed': ({ loaded }, _, moment) => begin(loaded, moment),
    'button-held': ({ loaded }, _, moment) => inspect(loaded, moment),
    challenged: (state, { challenge }, moment) => challenged(state, challenge, moment),
    // A glass that is always on waits in the dark for the first step of its codes.
    'time-is-up': (state, _, moment) => wake(state, moment),
  },
  showing: {
    ...ALWAYS,
    provision: provisioned,
    'button-pressed': ({ loaded }, _, moment) => begin(loaded, moment),
    'button-held': ({ loaded }, _, moment) => inspect(loaded, moment),
    challenged: (state, { challenge }, moment) => challenged(state, challenge, moment),
    'time-is-up': ({ loaded }, _, moment) => wake({ name: 'dark', loaded }, moment),
  },
  'pin-entry': { ...ALWAYS, 'key-pressed': pinKey, 'time-is-up': backToDark },
  'challenge-entry': { ...ALWAYS, 'key-pressed': challengeKey, 'time-is-up': backToDark },
  message: {
    ...ALWAYS,
    'time-is-up': ({ kept }, _, moment) => wake(kept, moment),
    // Same as in the state behind the message.
    provision: (state, event) => (state.kept.name === 'expired' ? { state, effects: [] } : provisioned(state, event)),
  },
  locked: {
    ...ALWAYS,
    provision: provisioned,
    'button-pressed': (state) => say('LOC', state),
  },
  tampered: { 'power-lost': powerLost },
  expired: { 'power-lost': powerLost, 'case-opened': caseOpened, 'button-pressed': (state) => say('OFF', state) },
};

/** Runs one step of the token's program: a state and an event give a new state and effects. */
export function step(state: TokenState, event: TokenEvent, moment: Moment): Transition {
  const accept = ACCEPTS[state.name][event.kind] as
    | ((state: TokenState, event: TokenEvent, moment: Moment) => Transition)
    | undefined;
  if (accept !== undefined) return accept(state, event, moment);
  // The secrets of an event that is not accepted are wiped.
  if (event.kind === 'seed-opened') event.seed.wipe();
  if (event.kind === 'pin-set') event.digits.wipe();
  return { state, effects: [] };
}

/** Accepts a seed only for the current provision: another may have begun in the meantime. */
function seedOpened(
  state: StateOf<'opening'>,
  { seed, provision }: EventOf<'seed-opened'>,
  moment: Moment,
): Transition {
  if (provision !== state.provision || !canMakeCodes(provision.parameters, seed, moment.profile.display.digits)) {
    seed.wipe();
    return provision === state.provision ? rest({ name: 'blank' }) : { state, effects: [] };
  }
  return wake({ name: 'dark', loaded: { provision, seed, counter: 0, pin: undefined } }, moment);
}

function seedRefused(state: StateOf<'opening'>, { provision }: EventOf<'seed-refused'>): Transition {
  return provision === state.provision ? rest({ name: 'blank' }) : { state, effects: [] };
}

/**
 * Returns the state of a powered, idle token. One that is always on shows its code, unless it needs
 * a PIN for it.
 */
function wake(kept: Resting, moment: Moment): Transition {
  if (kept.name !== 'dark' || !moment.profile.display.always_on || kept.loaded.pin !== undefined) return rest(kept);
  const { t0Seconds } = kept.loaded.provision.parameters;
  const waitSeconds = moment.profile.code === 'time' ? t0Seconds - moment.now / 1_000 : 0;
  return waitSeconds > 0 ? waitForFirstStep(kept, waitSeconds) : showCode(kept.loaded, moment);
}

/**
 * A long timer is as wrong as the crystal in the weather to come: it ends a little before, and the
 * clock is read again.
 */
function waitForFirstStep(state: TokenState, waitSeconds: number): Transition {
  const afterSeconds = waitSeconds < 1 ? waitSeconds : Math.min(waitSeconds * EARLY, WAIT_S_MAX);
  return { state, effects: [{ kind: 'set-timer', afterSeconds }] };
}

/** Handles a press: asks for the PIN if there is one, then gives the code or takes a challenge. */
function begin(loaded: LoadedSeed, moment: Moment): Transition {
  if (loaded.pin === undefined) return unlocked(loaded, moment);
  return show({ name: 'pin-entry', loaded, display: { text: 'PIn', kind: 'prompt' }, entered: '' });
}

function unlocked(loaded: LoadedSeed, moment: Moment): Transition {
  if (moment.profile.code !== 'challenge') return showCode(loaded, moment);
  return show({ name: 'challenge-entry', loaded, display: { text: '-', kind: 'prompt' }, entered: '' });
}

/** Writes the counter before the code is shown, so that a code is never shown twice. */
function showCode(loaded: LoadedSeed, { now, profile }: Moment): Transition {
  const counts = profile.code === 'event';
  const code = counts ? codeOfCounter(loaded) : codeOfTime(loaded, now);
  if (code === undefined) return say('FAIL', { name: 'dark', loaded });
  return shown(counts ? { ...loaded, counter: loaded.counter + 1 } : loaded, code, counts);
}

function shown(loaded: LoadedSeed, code: string, counterWritten: boolean): Transition {
  const { state, effects } = show({ name: 'showing', loaded, display: { text: code, kind: 'code' } });
  return { state, effects: [...effects, { kind: 'code-made', code, counterWritten }] };
}

/** Handles a host's challenge. A token with a PIN answers only challenges typed after the PIN. */
function challenged(state: StateOf<'dark' | 'showing'>, challenge: string, moment: Moment): Transition {
  if (moment.profile.code !== 'challenge' || state.loaded.pin !== undefined) return { state, effects: [] };
  return answer(state.loaded, challenge, moment);
}

function answer(loaded: LoadedSeed, challenge: string, { now }: Moment): Transition {
  const code = answerOf(loaded, challenge, now);
  if (code === undefined) return say('FAIL', { name: 'dark', loaded });
  return shown({ ...loaded, counter: loaded.counter + 1 }, code, true);
}

/** Handles a hold: shows the counter of a token that counts; others test their glass. */
function inspect(loaded: LoadedSeed, { profile }: Moment): Transition {
  const display: Display =
    profile.code === 'event'
      ? { text: String(loaded.counter), kind: 'counter' }
      : { text: '8'.repeat(profile.display.digits), kind: 'test' };
  return show({ name: 'showing', loaded, display });
}

function pinKey(state: StateOf<'pin-entry'>, { key }: EventOf<'key-pressed'>, moment: Moment): Transition {
  const { loaded, entered } = state;
  const { pin } = loaded;
  if (pin === undefined) return unlocked(loaded, moment);
  if (key === 'clear') return show({ ...state, entered: '' });
  if (key !== 'ok') return show({ ...state, entered: (entered + key).slice(0, pin.digits.length) });
  if (isRight(pin, entered))
    return unlocked({ ...loaded, pin: { ...pin, triesLeft: moment.profile.pin?.tries ?? 1 } }, moment);
  const triesLeft = pin.triesLeft - 1;
  const after = { ...loaded, pin: { ...pin, triesLeft } };
  if (triesLeft <= 0) return say('LOC', { name: 'locked', loaded: after });
  return say('FAIL', { name: 'dark', loaded: after });
}

function challengeKey(state: StateOf<'challenge-entry'>, { key }: EventOf<'key-pressed'>, moment: Moment): Transition {
  const { loaded, entered } = state;
  if (key === 'ok') return answer(loaded, entered, moment);
  const typed = key === 'clear' ? '' : (entered + key).slice(0, CHALLENGE_KEYS_MAX);
  return show({ ...state, entered: typed, display: { text: typed === '' ? '-' : typed, kind: 'prompt' } });
}

/** Compares all digits, even after a mismatch. */
function isRight({ digits }: Pin, entered: string): boolean {
  const wanted = digits.expose();
  let different = wanted.length ^ entered.length;
  for (let i = 0; i < wanted.length; i++) different |= (wanted[i] as number) ^ (entered.charCodeAt(i) | 0);
  return different === 0;
}

/** Encodes a PIN as the token stores it. */
export function pinBytes(digits: string): Uint8Array {
  const bytes = secretBytes(digits.length);
  for (let i = 0; i < digits.length; i++) bytes[i] = digits.charCodeAt(i);
  return bytes;
}

/** Returns the state after a loss of power. A seed in RAM is lost for good: the token is blank. */
function lose(state: TokenState, { storage }: DeviceProfile): Transition {
  const kept = restingOf(state);
  if (storage.seed_in === 'ram') {
    wipe(state);
    const isEnded = kept.name === 'tampered' || kept.name === 'expired';
    return { state: { name: 'off', kept: isEnded ? kept : { name: 'blank' } }, effects: [STOP_TIMER] };
  }
  return { state: { name: 'off', kept }, effects: [STOP_TIMER] };
}

function restingOf(state: TokenState): Resting {
  switch (state.name) {
    case 'off':
    case 'message':
      return state.kept;
    case 'opening':
      return { name: 'blank' };
    case 'showing':
    case 'pin-entry':
    case 'challenge-entry':
      return { name: 'dark', loaded: state.loaded };
    default:
      return state;
  }
}

const STOP_TIMER: TokenEffect = { kind: 'stop-timer' };

function show(state: StateOf<'showing' | 'pin-entry' | 'challenge-entry'>): Transition {
  return { state, effects: [{ kind: 'set-timer', afterSeconds: undefined }] };
}

function say(text: string, kept: Resting): Transition {
  const state: TokenState = { name: 'message', display: { text, kind: 'message' }, kept };
  return { state, effects: [{ kind: 'set-timer', afterSeconds: MESSAGE_S }] };
}

function rest(state: Resting): Transition {
  return { state, effects: [STOP_TIMER] };
}

/** Returns the secrets that a state holds, if any. */
export function secretsOf(state: TokenState): readonly Secret[] {
  const loaded = loadedOf(state);
  if (loaded === undefined) return [];
  const { seed, pin } = loaded;
  return pin === undefined ? [seed] : [seed, pin.digits];
}

function wipe(state: TokenState): void {
  for (const secret of secretsOf(state)) secret.wipe();
}
