import { readFileSync } from 'node:fs';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { deviceTime } from '../time/instant.ts';
import { EVENT_KINDS, type TokenEvent, type TokenEventKind } from './token-event.ts';
import { ACCEPTS, type Moment, pinBytes, step } from './token-machine.ts';
import { type LoadedSeed, STATE_NAMES, type StateName, type TokenState } from './token-state.ts';

const MOMENT: Moment = { now: deviceTime(Date.UTC(2026, 0, 1)), profile: readDeviceProfile('classic-time').profile };

const loaded = (): LoadedSeed => ({
  provision: { enrolmentId: '0'.repeat(32), parameters: { hash: 'sha1', digits: 8, periodSeconds: 60, t0Seconds: 0 } },
  seed: Secret.copy(Uint8Array.from({ length: 20 }, (_, i) => i)),
  counter: 0,
  pin: undefined,
});

function stateNamed(name: StateName): TokenState {
  const display = { text: '', kind: 'code' as const };
  const states: Record<StateName, () => TokenState> = {
    off: () => ({ name: 'off', kept: { name: 'dark', loaded: loaded() } }),
    blank: () => ({ name: 'blank' }),
    opening: () => ({ name: 'opening', provision: loaded().provision }),
    dark: () => ({ name: 'dark', loaded: loaded() }),
    showing: () => ({ name: 'showing', loaded: loaded(), display }),
    'pin-entry': () => ({ name: 'pin-entry', loaded: loaded(), display, entered: '' }),
    'challenge-entry': () => ({ name: 'challenge-entry', loaded: loaded(), display, entered: '' }),
    message: () => ({ name: 'message', display, kept: { name: 'blank' } }),
    locked: () => ({ name: 'locked', loaded: loaded() }),
    tampered: () => ({ name: 'tampered' }),
    expired: () => ({ name: 'expired' }),
  };
  return states[name]();
}

function eventNamed(kind: TokenEventKind): TokenEvent {
  const more = {
    key: '1',
    challenge: '12345678',
    provision: loaded().provision,
    envelope: new Uint8Array(),
    seed: Secret.copy(new Uint8Array(20)),
    digits: Secret.own(pinBytes('1234')),
  };
  return { kind, ...more } as unknown as TokenEvent;
}

describe("the token's program", () => {
  it('docs/reference/states.md has the same table', () => {
    const doc = readFileSync(new URL('../../../../docs/reference/states.md', import.meta.url), 'utf8');
    const rows = doc.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    const head = rows.find((cells) => cells[1] === 'event' && cells[2] === 'off');
    expect(head?.slice(2, -1)).toEqual(STATE_NAMES);
    for (const kind of EVENT_KINDS) {
      const row = rows.find((cells) => cells[1] === kind);
      const accepted = STATE_NAMES.filter((_, i) => row?.[i + 2] !== '–');
      expect([kind, ...accepted]).toEqual([kind, ...STATE_NAMES.filter((name) => ACCEPTS[name][kind] !== undefined)]);
    }
  });

  it.each(STATE_NAMES)('%s: ignores an event that it does not accept, and wipes its secrets', (name) => {
    for (const kind of EVENT_KINDS.filter((one) => ACCEPTS[name][one] === undefined)) {
      const [state, event] = [stateNamed(name), eventNamed(kind)];
      expect(step(state, event, MOMENT)).toEqual({ state, effects: [] });
      if (event.kind === 'seed-opened') expect(() => event.seed.expose()).toThrow('wiped');
      if (event.kind === 'pin-set') expect(() => event.digits.expose()).toThrow('wiped');
    }
  });

  it.each(STATE_NAMES)('%s: makes no code when power is lost and returns', (name) => {
    for (const seedIn of ['ram', 'eeprom'] as const) {
      const moment = {
        ...MOMENT,
        profile: { ...MOMENT.profile, storage: { ...MOMENT.profile.storage, seed_in: seedIn } },
      };
      const off = step(stateNamed(name), { kind: 'power-lost' }, moment);
      const back = step(off.state, { kind: 'power-returned' }, moment);
      expect([...off.effects, ...back.effects].some(({ kind }) => kind === 'code-made')).toBe(false);
      expect(['blank', 'dark', 'locked', 'tampered', 'expired']).toContain(back.state.name);
    }
  });
});
