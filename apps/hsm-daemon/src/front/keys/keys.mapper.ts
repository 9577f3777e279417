import { NAME_CHARS_MAX } from '@ramz/custody';
import type { WireKeys, WireSelfTests, WireSelfTestsRequest } from '@ramz/proto';
import type { ReplyOf, SelfTestCommand, SelfTestReply } from '../../boundary/commands.ts';
import { readName } from '../fields/read-value.ts';

/** @throws MalformedRequest */
export function readSelfTest({ force }: WireSelfTestsRequest, caller: string): SelfTestCommand {
  return { kind: 'self-test', caller, force: force === '' ? '' : readName('force', force, NAME_CHARS_MAX) };
}

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
      state,
      transitions: transitions.map((transition) => ({ state: transition.state, atMs: String(transition.atMs) })),
      originatorUntilMs: String(originatorUntilMs),
      recipientUntilMs: String(recipientUntilMs),
    })),
  };
}

export function writeSelfTests({ results }: SelfTestReply): WireSelfTests {
  return { tests: results.map(({ name, passed }) => ({ name, passed })) };
}
