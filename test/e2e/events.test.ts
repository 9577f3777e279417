// The events that an operations team watches: each once, in order, and resumable after the last one
// seen.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WATCHERS_A_CALLER_MAX } from '../../apps/hsm-daemon/src/boundary/limits.ts';
import { expectWithin } from '../harness/busy-machine.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

describe('events', () => {
  let lab: Lab;
  let token: KnownToken;
  beforeAll(async () => {
    lab = await Lab.start();
    token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const verify = (code: string) => lab.client('internet-bank').verify(token.request(code, randomUUID()));
  async function past(first: number) {
    const events = [];
    for await (const event of lab.client('operator').watchEvents(first, true)) events.push(event);
    return events;
  }
  const kinds = async (first: number) => (await past(first)).map(({ kind }) => kind);

  it('report failures, replays and locks of a card with its keyed hash, not its number', async () => {
    const first = Number((await lab.client('auditor').status()).logSize);
    await verify(token.wrongCode());
    const code = token.code();
    await verify(code);
    await verify(code);
    for (let i = 0; i < 5; i++) await verify(token.wrongCode());
    const events = await past(first);
    expect(events.map(({ kind }) => kind)).toEqual([
      'EVENT_KIND_FIRST_FAILURE',
      'EVENT_KIND_REPLAY_SEEN',
      'EVENT_KIND_FIRST_FAILURE',
      'EVENT_KIND_THIRD_TRY',
      'EVENT_KIND_LOCKED',
    ]);
    expect(new Set(events.map(({ subject }) => subject)).size).toBe(1);
    expect(events[0]).toMatchObject({ channel: 'internet-bank', purpose: 'second-pin', caller: 'internet-bank' });
    expect(JSON.stringify(events)).not.toContain(token.cardNumber);
  });

  it('continue after the last one seen, without loss or repetition, also after a crash', async () => {
    const all = await past(0);
    const seen = all.slice(0, 3);
    const next = Number(seen.at(-1)?.logIndex) + 1;
    expect([...seen, ...(await past(next))]).toEqual(all);
    await lab.kill('both');
    await lab.startDaemon();
    await lab.unseal();
    const after = await past(0);
    expect(after.slice(0, all.length)).toEqual(all);
    expect(after.slice(all.length).map(({ kind }) => kind)).toEqual(['EVENT_KIND_STARTED', 'EVENT_KIND_UNSEALED']);
  });

  it('are sent to every watcher as they happen', async () => {
    const first = Number((await lab.client('auditor').status()).logSize);
    const watchers = ['operator', 'auditor'].map(async (name) => {
      for await (const event of lab.client(name).watchEvents(first, false)) return event.kind;
      return 'none';
    });
    await sleep(700);
    await lab.people().approved({ name: 'seal' }, []);
    expect(await Promise.all(watchers)).toEqual(['EVENT_KIND_SEALED', 'EVENT_KIND_SEALED']);
    expect(await kinds(first)).toEqual(['EVENT_KIND_SEALED']);
  });

  it('have a limit of watchers per caller, and one that leaves makes room', async () => {
    const watching: AsyncGenerator[] = [];
    const another = async () => {
      const one = lab.client('operator').watchEvents(0, false);
      await one.next();
      watching.push(one);
    };
    // Watchers of the previous test may need a moment to close.
    const all = Array.from({ length: WATCHERS_A_CALLER_MAX }, () =>
      expect.poll(another, { timeout: 5_000 }).toBeUndefined(),
    );
    await Promise.all(all);
    await expect(another()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'TOO_MANY_WATCHERS' });
    expect(await past(0)).not.toEqual([]);
    await watching[0]?.return(undefined);
    await expect.poll(another, { timeout: 5_000 }).toBeUndefined();
    for (const one of watching) await one.return(undefined);
  });

  it('are sent to operators and auditors only, and a rejected call is an event itself', async () => {
    const first = Number((await lab.client('auditor').status()).logSize);
    const channel = lab.client('internet-bank').watchEvents(0, true).next();
    await expect(channel).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await past(first)).toMatchObject([{ kind: 'EVENT_KIND_CALL_REFUSED', caller: 'internet-bank' }]);
  });
});

describe('a stop', () => {
  it('ends watches with UNAVAILABLE and STOPPING, without waiting for them', async (context) => {
    await using lab = await Lab.start();
    const watching = lab.client('operator').watchEvents(0, false);
    await watching.next();
    const exit = lab.stopDaemon();
    const beganMs = performance.now();
    const toTheEnd = async () => {
      while ((await watching.next()).done !== true);
    };
    await expect(toTheEnd()).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'STOPPING' });
    expect(await exit).toBe(0);
    // An open stream that is not ended would delay the stop by ten seconds.
    expectWithin(context, performance.now() - beganMs, 5_000, 'a stop with a watcher');
  });
});
