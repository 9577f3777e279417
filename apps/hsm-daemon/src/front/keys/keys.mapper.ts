import { type KeyState, NAME_CHARS_MAX } from '@ramz/custody';
import type { WireKeyState, WireKeys, WireSelfTests, WireSelfTestsRequest } from '@ramz/proto';
import type { ReplyOf, SelfTestCommand, SelfTestReply } from '../../boundary/commands.ts';
import { readName } from '../fields/read-value.ts';

/** @throws MalformedRequest */
export function readSelfTest({ force }: WireSelfTestsRequest, caller: string): SelfTestCommand {
  return { kind: 'self-test', caller, force: force === '' ? '' : readName('force', force, NAME_CHARS_MAX) };
}

const STATES: Readonly<Record<KeyState, WireKeyState>> = {
  'pre-activation': 'KEY_STATE_PRE_ACTIVATION',
  active: 'KEY_STATE_ACTIVE',
  suspended: 'KEY_STATE_SUSPENDED',
  deactivated: 'KEY_STATE_DEACTIVATED',
  compromised: 'KEY_STATE_COMPROMISED',
  destroyed: 'KEY_STATE_DESTROYED',
};

export function writeKeys({ realm, keys, zones }: ReplyOf['keys']): WireKeys {
  return {
    realm,
    zones: zones.map(({ name, epoch, kcv, recipient, sealedKey }) => ({
      name,
      epoch,
      kcv,
      recipient,
      sealedKey: Buffer.from(sealedKey),
    })),
    keys: keys.map(({ name, version, algorithm, kcv, state, transitions, originatorUntilMs, recipientUntilMs }) => ({
      name,
      version,
      algorithm,
      kcv,
      state: STATES[state],
      transitions: transitions.map((transition) => ({
        state: STATES[transition.state],
        atMs: String(transition.atMs),
      })),
      originatorUntilMs: String(originatorUntilMs),
      recipientUntilMs: String(recipientUntilMs),
    })),
  };
}

export function writeSelfTests({ results }: SelfTestReply): WireSelfTests {
  return { tests: results.map(({ name, passed }) => ({ name, passed })) };
}
