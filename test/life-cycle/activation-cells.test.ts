// The cells of the table of acts that belong to an activation: from each channel, the core and a
// gateway, on a place of each status.
import { CHANNELS } from '@ramz/audit-log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivationAct } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import type { Asking } from '../../apps/hsm-daemon/src/boundary/life-cycle-commands.ts';
import { ACT_OF } from '../../apps/hsm-daemon/src/vault/application/life-cycle/asked-act.ts';
import { ACTS, type PlaceStatus } from '../../apps/hsm-daemon/src/vault/domain/life-cycle/acts.ts';
import { ActivationWorld, MOBILE, type Typed } from '../harness/activation-world.ts';

const STATUSES: readonly PlaceStatus[] = ['none', 'active', 'locked', 'deactivated', 'blocked', 'void'];
const ASKING: readonly Asking[] = ['', 'gateway', ...CHANNELS];
const KINDS = ['request-activation', 'repeat-text', 'complete-activation', 'delete-token'] as const;

let world: ActivationWorld;
beforeAll(async () => {
  world = await ActivationWorld.start();
});
afterAll(() => world.stop());

const plain = (kind: 'deactivate' | 'block-second-pin', card: string) =>
  world.ask({ kind, ...world.asked(card, 'branch') });

/** Returns a card whose second PIN has a status, and codes that were given out for it last. */
async function cardThatIs(status: PlaceStatus): Promise<{ readonly card: string; readonly typed: Typed }> {
  const { card, typed } = await world.pending();
  if (status === 'none') return { card, typed };
  const { purposes } = await world.complete(card, typed);
  if (status === 'locked') for (let i = 0; i < 5; i++) await world.verify(card, '00000000');
  else if (status === 'deactivated') await plain('deactivate', card);
  else if (status === 'void') {
    const { places } = await world.file(card);
    const tokenSerial = places[0]?.tokens[0]?.serial ?? '';
    await world.ask({ kind: 'void-token', ...world.asked(card, 'branch'), tokenSerial });
  }
  expect(purposes).toHaveLength(3);
  const next = await world.codesOf(await world.request(card));
  if (status === 'blocked') await plain('block-second-pin', card);
  return { card, typed: next };
}

async function command(kind: (typeof KINDS)[number], card: string, typed: Typed, channel: Asking) {
  const asked = { ...world.asked(card, ''), channel };
  const where = { mobileNumber: MOBILE, textZone: '' };
  switch (kind) {
    case 'request-activation':
      return { kind, ...asked, ...where, method: 'app', zone: '' } as const;
    case 'repeat-text':
      return { kind, ...asked, ...where } as const;
    case 'complete-activation':
      return { ...(await world.completion(card, typed)), channel };
    case 'delete-token':
      return { kind, ...asked, token: { enrolmentId: '0'.repeat(32), minute: 1, mac: new Uint8Array(32) } } as const;
  }
}

function isTaken(kind: ActivationAct['kind'], channel: Asking): boolean {
  const { channels, isOfCore, isOfGateway = false } = ACTS[ACT_OF[kind]];
  if (channel === '') return isOfCore;
  return channel === 'gateway' ? isOfGateway : channels.includes(channel);
}

describe.each(KINDS)('%s', (kind) => {
  it.each(STATUSES)('on a second PIN that is %s leads where the table says', async (status) => {
    for (const channel of ASKING) {
      const { card, typed } = await cardThatIs(status);
      const [reply] = (await world.vaults[0]?.answer([await command(kind, card, typed, channel)])) ?? [];
      const now = await world.statusOf(card);
      if (!isTaken(kind, channel)) {
        expect([channel, reply, now]).toMatchObject([channel, { reason: 'channel-not-allowed' }, status]);
        continue;
      }
      const next = ACTS[ACT_OF[kind]].after[status];
      // Refused where the table has no cell; a deletion without a proof changes nothing.
      expect([channel, now]).toEqual([channel, kind === 'delete-token' ? status : (next ?? status)]);
      if (reply?.kind === 'issued') expect([channel, reply.outcome === 'done']).toEqual([channel, next !== undefined]);
      if (reply?.kind === 'completed') expect([channel, reply.isActivated]).toEqual([channel, next !== undefined]);
    }
  });
});
