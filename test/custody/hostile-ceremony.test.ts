// A man in the middle, a stolen certificate or a careless custodian cannot harm a ceremony.
import { createHash, randomBytes } from 'node:crypto';
import { type CallRefused, Rehearsal } from '@ramz/client';
import { sealEnvelope, signStatement } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PersonKeys } from '../../libs/client/src/people/person-keys.ts';
import { Seat } from '../../libs/client/src/people/seat.ts';
import { VaultLine } from '../../libs/client/src/people/vault-line.ts';
import { Lab } from '../harness/lab.ts';

const CUSTODIANS = ['custodian-1', 'custodian-2'];
const PLAN = { kind: 'initialise', scheme: 'slip39', threshold: 2, custodians: CUSTODIANS } as const;
let lab: Lab;
let people: Rehearsal;
beforeAll(async () => {
  lab = await Lab.start('real', 'uninitialised');
  people = lab.people();
});
afterAll(() => lab[Symbol.asyncDispose]());

const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error: Error) => error.message,
  );
const view = async () => (await (await people.operator()).look()).ceremony;
async function openFirst(): Promise<string> {
  const operator = await people.operator();
  const { now } = await operator.say({ type: 'open', plan: PLAN, person: operator.keys.person });
  return now.ceremony?.id ?? '';
}
async function abort(): Promise<void> {
  const ceremony = (await view())?.id ?? '';
  await (await people.operator()).say({ type: 'abort', ceremony, reason: 'end of this test' });
}

describe('a ceremony refuses', () => {
  it('an impossible plan, and a second ceremony beside the first', async () => {
    const operator = await people.operator();
    const open = (plan: object) =>
      said(operator.say({ type: 'open', plan: { ...PLAN, ...plan }, person: operator.keys.person }));
    expect(await open({ threshold: 3 })).toContain('could never be approved by the people there are');
    expect(await open({ custodians: ['a', 'a', 'b'] })).toBe('a custodian is named twice');
    expect(await open({ scheme: 'xor', threshold: 2, custodians: ['a', 'b', 'c'] })).toContain(
      'XOR components are all needed',
    );
    expect(await open({ threshold: 1 })).toContain('malformed');
    expect(await open({ kind: 'unseal' })).toContain('only the first ceremony is opened');
    await openFirst();
    expect(await open({})).toContain('is open: finish or abort it first');
    await abort();
  });

  it('two custodians with one key, a person under the name of another, and one who is not in the plan', async () => {
    const ceremony = await openFirst();
    const [one, two] = [await people.line('custodian-1'), await people.line('custodian-2')];
    await one.say({ type: 'join', ceremony, person: one.keys.person });
    const twin = { ...two.keys.person, sealing_key: one.keys.person.sealing_key };
    expect(await said(two.say({ type: 'join', ceremony, person: twin }))).toContain('uses a key of custodian-1');
    expect(await said(two.say({ type: 'join', ceremony, person: one.keys.person }))).toBe(
      'no one can speak for another person',
    );
    const stranger = await people.line('custodian-9');
    expect(await said(stranger.say({ type: 'join', ceremony, person: stranger.keys.person }))).toContain('has no part');
    await abort();
  });

  it("a roster in which the front replaced a custodian's key with its own", async () => {
    const ceremony = await openFirst();
    const one = await people.line('custodian-1');
    await one.say({ type: 'join', ceremony, person: one.keys.person });
    const mallory = await PersonKeys.make('custodian-2', 'custodian', 'test');
    const falseLine = new VaultLine(one.wire, mallory, [], () => Promise.resolve(true));
    await falseLine.say({ type: 'join', ceremony, person: mallory.person });
    // custodian-1 sees another key than custodian-2 reads aloud, and the vault rejects a digest
    // that the front made up.
    const two = await people.line('custodian-2');
    expect((await view())?.roster.find(({ name }) => name === 'custodian-2')?.signing_key).not.toBe(
      two.keys.person.signing_key,
    );
    expect(await said(one.say({ type: 'confirm', ceremony, roster: 'ab'.repeat(32) }))).toContain(
      'confirms another roster than the vault has',
    );
    await abort();
  });

  it("on the custodian's side, an announcement that the front changed or replayed", async () => {
    const one = await people.line('custodian-1');
    await one.look();
    const changed = {
      announcement: async (nonce: Buffer) => {
        const { announcement } = await one.wire.announcement(nonce);
        const text = announcement?.announcement.toString().replace('"uninitialised"', '"operational"') ?? '';
        return { announcement: { ...announcement, announcement: Buffer.from(text) } };
      },
      act: one.wire.act.bind(one.wire),
      minutes: one.wire.minutes.bind(one.wire),
    } as unknown as typeof one.wire;
    const victim = new VaultLine(changed, one.keys, [], () => Promise.resolve(true));
    await expect(victim.look()).rejects.toMatchObject({ reason: 'signature-wrong' });
    const old = await one.wire.announcement(randomBytes(16));
    const replaying = { ...changed, announcement: () => Promise.resolve(old) } as typeof one.wire;
    await expect(new VaultLine(replaying, one.keys, [], () => Promise.resolve(true)).look()).rejects.toThrow(
      'of another time',
    );
    const otherVault = new VaultLine(one.wire, one.keys, [new Uint8Array(32)], () => Promise.resolve(true));
    await expect(otherVault.look()).rejects.toThrow('this is not the vault that custodian-1 knows');
  });

  it('a reveal that differs from its commitment, or comes before all commitments', async () => {
    const ceremony = await openFirst();
    const lines = [await people.line('custodian-1'), await people.line('custodian-2')];
    for (const line of lines) await line.say({ type: 'join', ceremony, person: line.keys.person });
    const roster = (await view())?.roster_digest ?? '';
    for (const line of lines) await line.say({ type: 'confirm', ceremony, roster });
    const [one, two] = lines as [VaultLine, VaultLine];
    const sessionKey = Buffer.from((await view())?.session_key ?? '', 'hex');
    const reveal = async (line: VaultLine) => {
      const envelope = await sealEnvelope(
        'entropy-to-vault',
        sessionKey,
        Secret.own(new Uint8Array(32).fill(7)),
        `${ceremony}/${line.name}`,
      );
      return said(
        line.say({ type: 'reveal', ceremony, envelope: createHash('sha256').update(envelope).digest('hex') }, envelope),
      );
    };
    await one.say({ type: 'commit', ceremony, commitment: 'cd'.repeat(32) });
    expect(await reveal(one)).toContain('"reveal" is not what is awaited now');
    await two.say({ type: 'commit', ceremony, commitment: 'cd'.repeat(32) });
    expect(await reveal(one)).toBe('custodian-1 reveals something else than was committed to');
    expect((await view())?.revealed).toEqual([]);
    await abort();
  });

  it('a statement of an ended ceremony, of the live realm, in another form, or signed by another', async () => {
    const ended = await openFirst();
    await abort();
    const ceremony = await openFirst();
    const one = await people.line('custodian-1');
    const join = (id: string) => one.say({ type: 'join', ceremony: id, person: one.keys.person });
    expect(await said(join(ended))).toContain('belongs to another ceremony');
    await join(ceremony);
    const send = async (body: object, signer = one.keys, envelope = Buffer.alloc(0)) => {
      const { statement, signature } = await signStatement(signer.signing, body);
      return said(
        lab.client('custodian').act({ statement: Buffer.from(statement), signature: Buffer.from(signature), envelope }),
      );
    };
    const words = { type: 'confirm', by: 'custodian-1', realm: 'test', ceremony, roster: 'ab'.repeat(32) };
    expect(await send({ ...words, realm: 'live' })).toBe('the statement is of the live realm, this daemon of test');
    expect(await send(words, (await people.line('custodian-2')).keys)).toBe('the signature is not that of custodian-1');
    expect(await send({ ...words, extra: 1 })).toContain('the statement is malformed');
    expect(await send(words, one.keys, Buffer.from('x'))).toContain('the envelope is not the one');
    const { statement, signature } = await signStatement(one.keys.signing, words);
    const spaced = Buffer.from(Buffer.from(statement).toString().replace(',', ', '));
    expect(
      await said(
        lab
          .client('custodian')
          .act({ statement: spaced, signature: Buffer.from(signature), envelope: Buffer.alloc(0) }),
      ),
    ).toContain('not in its canonical form');
    await abort();
  });

  it.each([
    '{"a":1e999}',
    '{"a":"\\ud800"}',
    '{"\\ud800":1}',
    '[]',
    '{}',
    'null',
    '{"type":"__proto__"}',
    '{"__proto__":{"type":"open"}}',
    `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  ])('%.40s as malformed, and the vault continues', async (text) => {
    const act = { statement: Buffer.from(text), signature: Buffer.alloc(64), envelope: Buffer.alloc(0) };
    await expect(lab.client('auditor').act(act)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_UNINITIALISED');
  });

  it("on the custodian's side, an answer that the front made up after dropping a statement", async () => {
    const ceremony = await openFirst();
    const one = await people.line('custodian-1');
    // The front drops the statement, and returns the vault's current announcement as its answer.
    const swallowing = {
      announcement: one.wire.announcement.bind(one.wire),
      minutes: one.wire.minutes.bind(one.wire),
      act: async ({ signature }: { signature: Buffer }) => ({
        ...(await one.wire.announcement(signature.subarray(0, 16))),
        envelope: Buffer.alloc(0),
        logSize: '0',
      }),
    } as unknown as typeof one.wire;
    const victim = new VaultLine(swallowing, one.keys, [], () => Promise.resolve(true));
    await expect(victim.say({ type: 'join', ceremony, person: one.keys.person })).rejects.toThrow(
      'the vault may not have accepted it',
    );
    await abort();
  });

  it('to confirm for a custodian whose seat is taken by an impostor', async () => {
    const ceremony = await openFirst();
    const one = await people.line('custodian-1');
    const mallory = await PersonKeys.make('custodian-1', 'custodian', 'test');
    await new VaultLine(one.wire, mallory, [], () => Promise.resolve(true)).say({
      type: 'join',
      ceremony,
      person: mallory.person,
    });
    const seat = new Seat(one, {
      compareRoster: () => Promise.resolve(true),
      writeDown: () => Promise.resolve(),
      typeShare: () => Promise.reject(new Error('no share')),
    });
    await expect(seat.serve(await one.look())).rejects.toThrow('joined already');
    await expect(seat.serve(await one.look())).rejects.toThrow('someone has taken your place');
    await abort();
  });

  it('to finalise before every share is proved', async () => {
    const operator = await people.operator();
    const ceremony = await openFirst();
    const { phase } = (await people.play(['custodian-1'])).ceremony ?? {};
    expect(phase).toBe('roster');
    expect(await said(operator.say({ type: 'finalise', ceremony }))).toContain('is not what is awaited now');
    await abort();
  });

  it('none of this for good: the first ceremony can still be held', async () => {
    expect((await people.initialise({ custodians: CUSTODIANS })).ceremony?.phase).toBe('finalised');
    expect((await people.unseal(CUSTODIANS)).unsealed).toBe(true);
  });

  it('with a status and a reason, not a crash', async () => {
    const refused = await (await lab.people().operator())
      .say({ type: 'finalise', ceremony: '0'.repeat(32) })
      .catch((error: CallRefused) => error);
    expect(refused).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'STATEMENT_REFUSED' });
  });
});
