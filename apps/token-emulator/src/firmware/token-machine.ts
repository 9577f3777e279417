import { bankPinDigits, formatCode, HmacKey, type Secret, totp } from '@ramz/otp-core';
import { duration, type Instant_ms, later } from '../kernel/instant.ts';
import type { Provision, TokenState } from './token-state.ts';

/** Classic tokens show a code for about 30 seconds a press. */
const DISPLAY_TIMEOUT = duration(30_000);

/** What happens to the program. */
export type TokenEvent =
  | { readonly kind: 'button-pressed' }
  | { readonly kind: 'display-timeout' }
  | { readonly kind: 'provision'; readonly provision: Provision; readonly envelope: Uint8Array }
  | { readonly kind: 'seed-opened'; readonly seed: Secret }
  | { readonly kind: 'seed-refused' };

/** What the program asks of the device around it. */
export type TokenEffect =
  | { readonly kind: 'schedule-display-timeout'; readonly at: Instant_ms }
  | { readonly kind: 'open-envelope'; readonly envelope: Uint8Array; readonly context: string };

export interface Transition {
  readonly state: TokenState;
  readonly effects: readonly TokenEffect[];
}

/**
 * The token's program: a state and an event make a state and effects. `now` is the token's own clock. An
 * event that a state does not name changes nothing.
 */
export function step(state: TokenState, event: TokenEvent, now: Instant_ms): Transition {
  switch (event.kind) {
    case 'button-pressed':
      return press(state, now);
    case 'display-timeout':
      return stay(state.name === 'showing' ? dark(state) : state);
    case 'provision':
      return provision(state, event);
    case 'seed-opened':
      return seedOpened(state, event.seed);
    case 'seed-refused':
      return stay(state.name === 'opening' ? { name: 'blank' } : state);
  }
}

function press(state: TokenState, now: Instant_ms): Transition {
  if (state.name !== 'dark' && state.name !== 'showing') return stay(state);
  const { provision, seed } = state;
  const { hash, digits, ...steps } = provision.parameters;
  using key = HmacKey.from(hash, seed);
  const until = later(now, DISPLAY_TIMEOUT);
  const display = { digits: formatCode(totp(key, now, steps, bankPinDigits(digits))), until };
  return {
    state: { name: 'showing', provision, seed, display },
    effects: [{ kind: 'schedule-display-timeout', at: until }],
  };
}

/** A new seed takes the place of the old one only when its envelope has opened; the old one is gone at once. */
function provision(state: TokenState, event: Extract<TokenEvent, { kind: 'provision' }>): Transition {
  if ('seed' in state) state.seed.wipe();
  const { provision, envelope } = event;
  return {
    state: { name: 'opening', provision },
    effects: [{ kind: 'open-envelope', envelope, context: provision.enrolment_id }],
  };
}

function seedOpened(state: TokenState, seed: Secret): Transition {
  if (state.name === 'opening') return stay({ name: 'dark', provision: state.provision, seed });
  seed.wipe();
  return stay(state);
}

function dark({ provision, seed }: Extract<TokenState, { name: 'showing' }>): TokenState {
  return { name: 'dark', provision, seed };
}

function stay(state: TokenState): Transition {
  return { state, effects: [] };
}
