// Dual control: which people may do what together, and which approvals do not count.
import { randomBytes } from 'node:crypto';
import type { Rehearsal } from '@ramz/client';
import type { SensitiveCommand } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { PersonKeys } from '../../libs/client/src/people/person-keys.ts';
import { VaultLine } from '../../libs/client/src/people/vault-line.ts';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
let people: Rehearsal;
beforeAll(async () => {
  lab = await Lab.start();
  people = lab.people();
});
afterAll(() => lab[Symbol.asyncDispose]());
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error: Error) => error.message,
  );
const approve = async (name: string, nonce: string) => {
  const line = await people.line(name);
  return line.approve(await line.proposal(nonce));
};
const nonce = () => randomBytes(16).toString('hex');

describe('a sensitive command', () => {
  it('waits until enough different people have approved, then runs at once', async () => {
    const operator = await people.operator();
    const person = (await PersonKeys.make('second-operator', 'operator', 'test')).person;
    const proposed = await operator.propose({ name: 'add-person', person }, 30);
    expect(proposed.now.proposals[0]?.missing).toBe('1 more custodian, or 2 more custodians');
    expect(proposed.now.persons.map(({ name }) => name)).not.toContain('second-operator');
    const now = await approve('custodian-1', proposed.nonce);
    expect(now.persons.map(({ name }) => name)).toContain('second-operator');
    expect(now.proposals).toEqual([]);
  });

  it('does not count the same person twice, or a person of the wrong role', async () => {
    const { nonce } = await (await people.line('custodian-1')).propose(
      { name: 'set-quorum', quorum: readBankProfile(profilePath('maskan')).quorum },
      30,
    );
    expect(await said(approve('custodian-1', nonce))).toContain('the same person twice does not count');
    await approve('operator-1', nonce);
    expect((await (await people.operator()).look()).proposals[0]?.missing).toBe('1 more custodian');
    expect((await approve('custodian-2', nonce)).proposals).toEqual([]);
  });

  it('rejects an approval of another command, expiry or number of uses than proposed', async () => {
    const operator = await people.operator();
    const { nonce, now } = await operator.propose({ name: 'remove-person', person: 'second-operator' }, 30);
    const { expires_at_ms: expiresAtMs, uses } = now.proposals[0] ?? { expires_at_ms: 0, uses: 0 };
    const custodian = await people.line('custodian-1');
    await custodian.look();
    const approveChanged = (changed: object) =>
      said(
        custodian.say({
          type: 'approve',
          command: { name: 'remove-person', person: 'second-operator' },
          nonce,
          expires_at_ms: expiresAtMs,
          uses,
          ...changed,
        }),
      );
    for (const changed of [
      { command: { name: 'zeroise' } },
      { expires_at_ms: expiresAtMs + 1 },
      { uses: 2 },
      { command: { name: 'remove-person', person: 'operator-1' } },
    ]) {
      expect(await approveChanged(changed)).toBe('this approves another command than was proposed');
    }
    expect(await approveChanged({ nonce: '0'.repeat(32) })).toContain('no such proposal');
    expect(await approveChanged({})).toBe('taken');
    expect(await approveChanged({})).toContain('no such proposal');
  });

  it('rejects a proposal that is expired, too long or for too many uses', async () => {
    const operator = await people.operator();
    const { at_ms: atMs } = await operator.look();
    const propose = (expiresAtMs: number, uses = 1) =>
      said(
        operator.say({
          type: 'propose',
          command: { name: 'zeroise' },
          nonce: nonce(),
          expires_at_ms: expiresAtMs,
          uses,
        }),
      );
    expect(await propose(atMs - 1)).toContain('counts for 1 to 30 minutes');
    expect(await propose(atMs + 31 * 60_000)).toContain('counts for 1 to 30 minutes');
    expect(await propose(atMs + 60_000, 2)).toContain('at most 1 times');
  });

  it('rejects a repeated proposal, and drops proposals when the vault restarts', async () => {
    const operator = await people.operator();
    const { at_ms: atMs } = await operator.look();
    const words = {
      type: 'propose',
      command: { name: 'zeroise' },
      nonce: nonce(),
      expires_at_ms: atMs + 60_000,
      uses: 1,
    } as const;
    expect(await said(operator.say(words))).toBe('taken');
    expect(await said(operator.say(words))).toBe('this proposal was made already');
    await lab.kill('both');
    await lab.startDaemon();
    await lab.unseal();
    people = lab.people();
    // The new run has a new session, and the proposals of the old run are gone.
    const again = await people.operator();
    const { session } = await again.look();
    expect(session).not.toBe((await operator.look().catch(() => ({ session: '' }))).session);
    expect((await again.look()).proposals).toEqual([]);
  });

  it('runs at most as often as its approvals allow', async () => {
    const operator = await people.operator();
    await operator.propose({ name: 'seal' }, 30);
    const plan = {
      kind: 'unseal',
      scheme: 'slip39',
      threshold: 2,
      custodians: ['custodian-1', 'custodian-2', 'custodian-3'],
    } as const;
    const { nonce } = await operator.propose({ name: 'open-ceremony', plan }, 30, 2);
    const again = (use: number) => said(operator.say({ type: 'repeat', nonce, use }));
    const abort = async () =>
      operator.say({ type: 'abort', ceremony: (await operator.look()).ceremony?.id ?? '', reason: 'again' });
    await abort();
    expect(await again(3)).toBe('the next use is number 2');
    expect(await said((await people.line('custodian-1')).say({ type: 'repeat', nonce, use: 2 }))).toContain(
      'only operator-1 may repeat it',
    );
    expect(await again(2)).toBe('taken');
    await abort();
    expect(await again(3)).toContain('no such approved command');
    await lab.unseal();
  });

  it('does not run again from the same statements', async () => {
    const operator = await people.operator();
    const person = (await PersonKeys.make('brief', 'operator', 'test')).person;
    const { at_ms: atMs } = await operator.look();
    const approvable = {
      command: { name: 'add-person', person },
      nonce: nonce(),
      expires_at_ms: atMs + 600_000,
      uses: 1,
    } as const;
    await operator.say({ type: 'propose', ...approvable });
    const custodian = await people.line('custodian-1');
    await custodian.look();
    await custodian.say({ type: 'approve', ...approvable });
    await people.approved({ name: 'remove-person', person: 'brief' }, ['custodian-1']);
    expect(await said(operator.say({ type: 'propose', ...approvable }))).toBe('this proposal was made already');
    expect(await said(custodian.say({ type: 'approve', ...approvable }))).toContain('no such proposal');
    expect((await operator.look()).persons.map(({ name }) => name)).not.toContain('brief');
  });

  it('limits the pending proposals of one person', async () => {
    const { quorum } = readBankProfile(profilePath('maskan'));
    const custodian = await people.line('custodian-1');
    const results: string[] = [];
    for (let i = 0; i < 9; i++) results.push(await said(custodian.propose({ name: 'set-quorum', quorum }, 30)));
    expect(results.filter((result) => result === 'taken')).toHaveLength(4);
    expect(results[8]).toContain('proposals of custodian-1 wait already');
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
    await (await people.operator()).propose({ name: 'seal' }, 30);
    await lab.unseal();
  });

  it('lets any single known person seal, but not an outsider', async () => {
    const outsider = await people.line('custodian-9');
    expect(await said(outsider.propose({ name: 'seal' }, 30))).toBe('custodian-9 is not known here');
    expect((await (await people.line('custodian-2')).propose({ name: 'seal' }, 30)).now.state).toBe('sealed');
    await lab.unseal();
  });

  it('removes neither the last operator nor a person who holds a share', async () => {
    expect(await said(people.approved({ name: 'remove-person', person: 'operator-1' }, ['custodian-1']))).toContain(
      'one operator must stay',
    );
    expect(await said(people.approved({ name: 'remove-person', person: 'custodian-3' }, ['custodian-1']))).toContain(
      'hold a ceremony "replace-custodian"',
    );
  });

  it('rejects a quorum that no one could meet, which would lock everyone out', async () => {
    const { quorum } = readBankProfile(profilePath('maskan'));
    const locked = { ...quorum, seal: { ...quorum.seal, any_of: [{ auditor: 1 }] } };
    expect(await said(people.approved({ name: 'set-quorum', quorum: locked }, ['custodian-1', 'custodian-2']))).toBe(
      '"seal" could never be approved by the people there are',
    );
  });

  it('is rejected while a ceremony is open, except a seal, which aborts the ceremony', async () => {
    await people.open('rotate-root-key');
    const person = (await PersonKeys.make('third', 'operator', 'test')).person;
    expect(await said(people.approved({ name: 'add-person', person }, ['custodian-1']))).toContain(
      'a ceremony is open',
    );
    const now = await people.approved({ name: 'seal' }, []);
    expect(now.ceremony).toMatchObject({ phase: 'aborted', note: 'the daemon was sealed' });
    await lab.unseal();
  });

  it('is rejected when it is proposed, not after people approved, where it could not be carried out', async () => {
    const operator = await people.operator();
    const { holders, scheme, threshold } = await operator.look();
    const recipient = '00'.repeat(32);
    const plan = { kind: 'refresh-shares' as const, scheme, threshold, custodians: ['custodian-1', 'custodian-2'] };
    const impossible: [SensitiveCommand, string][] = [
      [{ name: 'accept-clock' }, 'the daemon is operational: its clock did not jump'],
      [{ name: 'remove-person', person: 'custodian-1' }, 'holds a share'],
      [{ name: 'remove-person', person: 'stranger' }, 'stranger is not known'],
      [{ name: 'add-person', person: operator.keys.person }, 'operator-1 is known already'],
      [{ name: 'set-key-state', key: 'seed-master', version: 9, state: 'deactivated' }, 'there is no seed-master of'],
      [
        { name: 'set-key-state', key: 'seed-master', version: 1, state: 'pre-activation' },
        'cannot become pre-activation',
      ],
      [{ name: 'unblock-caller', caller: 'internet-bank' }, 'internet-bank is not blocked'],
      [{ name: 'lift-locks', caller: 'internet-bank', since_ms: 0 }, 'block it first'],
      [{ name: 'adopt-identity', identity: '00'.repeat(32) }, 'no new identity was made'],
      [{ name: 'export-zone-key', zone: 'switch', recipient }, 'the recipient is not an X25519 public key'],
      [{ name: 'open-ceremony', plan: { ...plan, kind: 'unseal', custodians: holders } }, 'this one is operational'],
      [{ name: 'open-ceremony', plan }, 'shares are refreshed for those who hold them'],
    ];
    const before = (await operator.look()).proposals;
    for (const [command, why] of impossible) expect(await said(operator.propose(command, 5))).toContain(why);
    expect((await operator.look()).proposals).toEqual(before);
    // Signed and refused, it cannot be sent again when the clock did jump.
    const spent = { type: 'propose', command: { name: 'accept-clock' }, nonce: nonce(), uses: 1 } as const;
    const again = () => said(operator.say({ ...spent, expires_at_ms: Date.now() + 5 * 60_000 }));
    expect(await again()).toContain('its clock did not jump');
    expect(await again()).toBe('this proposal was made already');
  });

  it("rejects an operator's statement under a custodian's certificate", async () => {
    const operator = await people.operator();
    const custodian = await people.line('custodian-1');
    const crossed = new VaultLine(custodian.wire, operator.keys, [], () => Promise.resolve(true));
    expect(await said(crossed.propose({ name: 'seal' }, 30))).toBe(
      'operator-1 is operator, and came with a certificate of role custodian',
    );
  });

  it('needs an operator and the threshold of custodians to zeroise', async () => {
    const { nonce, now } = await (await people.operator()).propose({ name: 'zeroise' }, 20);
    expect(now.proposals.at(-1)?.missing).toBe('2 more custodians');
    expect((await approve('custodian-1', nonce)).state).toBe('operational');
    expect((await approve('custodian-2', nonce)).state).toBe('destroyed');
  });
});
