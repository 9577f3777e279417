import { describe, expect, it } from 'vitest';
import type { Command, Reply, VerifyCommand } from './commands.ts';
import { ATTEMPTS_IN_BATCH_MAX, ATTEMPTS_WAITING_MAX } from './limits.ts';
import { VaultLink } from './vault-link.ts';

const STATUS: Command = { kind: 'status' };
const sealed = (logSize: number): Reply => ({ kind: 'entries', entries: [], logSize });

const AT_ONCE = (work: () => void) => work();

function linked(atEndOfTurn = AT_ONCE): { link: VaultLink; batches: (readonly Command[])[] } {
  const batches: (readonly Command[])[] = [];
  return { link: new VaultLink((batch) => batches.push(batch), atEndOfTurn), batches };
}

describe('the vault link', () => {
  it('sends to an idle vault at once, and batches what arrives before its reply', async () => {
    const { link, batches } = linked();
    const replies = Array.from({ length: 5 }, () => link.send(STATUS));
    expect(batches.map((batch) => batch.length)).toEqual([1]);
    link.takeReplies([sealed(0)]);
    expect(batches.map((batch) => batch.length)).toEqual([1, 4]);
    link.takeReplies([1, 2, 3, 4].map(sealed));
    expect(await Promise.all(replies)).toEqual([0, 1, 2, 3, 4].map(sealed));
  });

  it('batches what arrives in one turn of the event loop', async () => {
    const { link, batches } = linked(setImmediate);
    const replies = Array.from({ length: 5 }, () => link.send(STATUS));
    expect(batches).toEqual([]);
    await new Promise(setImmediate);
    expect(batches.map((batch) => batch.length)).toEqual([5]);
    const late = link.send(STATUS);
    link.takeReplies([0, 1, 2, 3, 4].map(sealed));
    await new Promise(setImmediate);
    expect(batches.map((batch) => batch.length)).toEqual([5, 1]);
    link.vaultIsGone();
    await expect(late).rejects.toThrow('gone');
    expect(await Promise.all(replies)).toHaveLength(5);
  });

  it('bounds the codes in a batch, and sends a larger call alone', () => {
    const { link, batches } = linked();
    const verify = (codes: number): VerifyCommand => ({
      kind: 'verify',
      caller: 'c',
      group: 'c',
      channel: 'pos',
      attempts: Array.from({ length: codes }, () => ({
        requestId: '',
        subjectName: '',
        tokenSerial: '',
        purpose: 'first-pin',
        code: '',
      })),
    });
    // A fast answer: the link learns that the vault is quick.
    void link.send(verify(100));
    link.takeReplies([sealed(0)]);
    for (const codes of [1, 3000, 1000, 97, 9000, 1]) void link.send(verify(codes));
    const sizes = () =>
      batches.map((batch) => batch.map((command) => (command.kind === 'verify' ? command.attempts.length : 0)));
    for (let i = 0; i < 3; i++) link.takeReplies((batches.at(-1) ?? []).map(() => sealed(0)));
    expect(ATTEMPTS_IN_BATCH_MAX).toBe(4096);
    expect(sizes().slice(1)).toEqual([[1], [3000, 1000], [97], [9000]]);
  });

  it('rejects a call at once when too many wait or the vault is gone', async () => {
    const { link } = linked();
    const all: Promise<unknown>[] = [];
    const code = (caller: string) => ({ kind: 'resynchronise', caller }) as Command;
    while (!link.isFullFor('bank')) all.push(link.send(code('bank')));
    expect(all.length).toBeLessThan(ATTEMPTS_WAITING_MAX);
    await expect(link.send(code('bank'))).rejects.toMatchObject({ reason: 'queue-full' });
    // Monitoring still gets a status, and another bank has its own part of the room.
    all.push(link.send(STATUS), link.send(code('other')));
    link.vaultIsGone();
    for (const outcome of await Promise.allSettled(all)) expect(outcome.status).toBe('rejected');
    await expect(link.send(STATUS)).rejects.toMatchObject({ reason: 'vault-gone' });
  });

  it('resolves commands that are sent together at once, each with its own reply', async () => {
    const { link, batches } = linked();
    const first = link.send(STATUS);
    const [two, none, one] = [link.sendEach([STATUS, STATUS]), link.sendEach([]), link.send(STATUS)];
    expect(await none).toEqual([]);
    link.takeReplies([sealed(0)]);
    expect(batches.map((batch) => batch.length)).toEqual([1, 3]);
    link.takeReplies([1, 2, 3].map(sealed));
    expect([await first, await two, await one]).toEqual([sealed(0), [sealed(1), sealed(2)], sealed(3)]);
  });

  it('counts each of the commands that are sent together', async () => {
    const codes = (count: number) =>
      Array.from({ length: count }, () => ({ kind: 'resynchronise', caller: 'bank' }) as Command);
    const { link } = linked();
    // A vault that needs a millisecond for each: even few senders soon have too much waiting.
    void link.sendEach(codes(1_000));
    await new Promise((done) => setTimeout(done, 1_000));
    link.takeReplies(codes(1_000).map(() => sealed(0)));
    void link.sendEach(codes(1)).catch(() => {});
    void link.sendEach(codes(900)).catch(() => {});
    await expect(link.sendEach(codes(2))).rejects.toMatchObject({ reason: 'queue-full' });
  });

  it('sends codes first, and little of everything else in a batch', () => {
    const { link, batches } = linked();
    const entries = { kind: 'entries', first: 0, count: 1_000 } as const;
    const auditor = { name: 'auditor', hasGone: () => false };
    void link.send(STATUS);
    for (let i = 0; i < 8; i++) void link.send(entries, auditor);
    for (let i = 0; i < 3; i++) void link.send({ kind: 'resynchronise', caller: 'bank' } as Command);
    const kinds = () => batches.map((batch) => batch.map(({ kind }) => kind));
    link.takeReplies([sealed(0)]);
    expect(kinds()[1]).toEqual(['resynchronise', 'resynchronise', 'resynchronise', 'entries']);
    // Codes that arrive after it have the vault to themselves for a while.
    void link.send({ kind: 'resynchronise', caller: 'bank' } as Command);
    link.takeReplies([0, 1, 2, 3].map(sealed));
    expect(kinds()[2]).toEqual(['resynchronise']);
    link.takeReplies([sealed(0)]);
    // Without waiting codes: as much as the reply bytes allow.
    expect(kinds()[3]).toEqual(['entries', 'entries', 'entries', 'entries']);
  });

  it('bounds what waits per caller and kind, admits others, and drops callers that have gone', async () => {
    const { link, batches } = linked();
    let hasGone = false;
    const asker = (name: string) => ({ name, hasGone: () => name === 'auditor' && hasGone });
    void link.send(STATUS);
    const waiting = Array.from({ length: 4 }, () =>
      link.send({ kind: 'self-test', caller: 'auditor', force: '' }, asker('auditor')),
    );
    const oneMore = link.send({ kind: 'self-test', caller: 'auditor', force: '' }, asker('auditor'));
    await expect(oneMore).rejects.toMatchObject({ reason: 'too-many-calls' });
    void link.send({ kind: 'self-test', caller: 'other', force: '' }, asker('other'));
    void link.send({ kind: 'keys' }, asker('auditor')).catch(() => {});
    hasGone = true;
    link.takeReplies([sealed(0)]);
    expect(batches[1]).toMatchObject([{ kind: 'self-test', caller: 'other' }]);
    for (const one of waiting) await expect(one).rejects.toMatchObject({ reason: 'caller-gone' });
    link.takeReplies([sealed(0)]);
    hasGone = false;
    void link.send({ kind: 'self-test', caller: 'auditor', force: '' }, asker('auditor'));
    expect(batches).toHaveLength(3);
  });

  it('throws when the number of replies does not match the commands', () => {
    const { link } = linked();
    void link.send(STATUS).catch(() => {});
    expect(() => link.takeReplies([])).toThrow('another number');
  });
});
