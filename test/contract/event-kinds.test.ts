import { expect, it } from 'vitest';
import { EVENT_KINDS_SENT } from '../../apps/hsm-daemon/src/front/events/follow-events.ts';
import { SEEN } from '../../apps/hsm-daemon/src/vault/domain/events/events.ts';

it('has an event kind in the contract for each one that the vault shows, and no other', () => {
  expect(Object.keys(EVENT_KINDS_SENT).toSorted()).toEqual([...SEEN].toSorted());
  expect(new Set(Object.values(EVENT_KINDS_SENT)).size).toBe(SEEN.length);
});
