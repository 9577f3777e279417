// A stolen certificate is stopped while the daemon runs: by the authority's revocation list, by a
// deny list, by its expiry, by an operator. Open connections are closed, and no ticket resumes
// them.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { ExtendedKeyUsage } from '@peculiar/x509';
import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { issue, putPki, revocationList, serialOfCaller } from '../harness/certificates.ts';
import { tlsOptions } from '../harness/http2-call.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { ramzBeside, runRamz } from '../harness/run-ramz.ts';

/** The people who approve after the operator, where a quorum is needed. */
const HELPERS = ['custodian-1'];
const CHANNEL = ['role:channel', 'channel:internet-bank'];

let lab: Lab;
let token: KnownToken;
beforeEach(async () => {
  lab = await Lab.start();
  token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
});
afterEach(() => lab[Symbol.asyncDispose]());

/** Returns how a call ends: its verdict, or the reason of its error. */
const ends = (client: RamzClient) =>
  client.verify(token.request(token.code(9), randomUUID())).then(
    ({ verdict }) => verdict,
    ({ code, reason }: { code: string; reason?: string }) => reason ?? code,
  );
const stopped = (client: RamzClient) =>
  vi.waitFor(async () => expect(['CERTIFICATE_REVOKED', 'UNAVAILABLE', 'CANCELLED']).toContain(await ends(client)), {
    timeout: 10_000,
    interval: 200,
  });

describe("a bank's stolen certificate", () => {
  it('is stopped by a revocation list on an open connection, and others continue', { timeout: 240_000 }, async () => {
    const [thief, other] = [lab.client('internet-bank'), lab.client('mobile-bank')];
    const untouched = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(2), await RecipientKeys.make());
    expect(await ends(thief)).toBe('VERDICT_REFUSED');
    putPki(lab, 'bank.crl', await revocationList(lab, [serialOfCaller(lab, 'internet-bank')]));
    await stopped(thief);
    expect(await ends(lab.client('internet-bank'))).toBe('CERTIFICATE_REVOKED');
    expect(await other.verify(untouched.request(untouched.code(), randomUUID()))).toMatchObject({
      verdict: 'VERDICT_ACCEPTED',
    });
    // A list with a foreign or invalid signature is logged and changes nothing.
    await using stranger = await Lab.start('real', 'uninitialised');
    putPki(lab, 'bank.crl', await revocationList(lab, [], stranger));
    await vi.waitFor(() => expect(lab.log()).toContain('is not signed by an authority in ca.crt'), 10_000);
    expect(await ends(lab.client('internet-bank'))).toBe('CERTIFICATE_REVOKED');
    rmSync(join(lab.dataDir, 'pki', 'bank.crl'));
    await vi.waitFor(async () => expect(await ends(lab.client('internet-bank'))).toMatch(/^VERDICT_/), 10_000);
  });

  it.each([
    ['serial', () => `serial ${serialOfCaller(lab, 'internet-bank')} # stolen`],
    ['name', () => 'name internet-bank'],
  ])('is stopped by a deny-list line with its %s, at once after SIGHUP', { timeout: 240_000 }, async (_, line) => {
    const thief = lab.client('internet-bank');
    expect(await ends(thief)).toBe('VERDICT_REFUSED');
    putPki(lab, 'denied.txt', `# since today\n${line()}\n`);
    process.kill(lab.frontPid, 'SIGHUP');
    await stopped(thief);
    putPki(lab, 'denied.txt', 'nonsense\n');
    await vi.waitFor(() => expect(lab.log()).toContain('denied.txt:1: a line is'), 10_000);
    expect(await ends(lab.client('internet-bank'))).toBe('CERTIFICATE_REVOKED');
    // SIGHUP does not end the daemon.
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('stays revoked by a list that became unreadable, and other lists stay in force', {
    timeout: 240_000,
  }, async () => {
    putPki(lab, 'old.crl', await revocationList(lab, [serialOfCaller(lab, 'pos')]));
    await vi.waitFor(async () => expect(await ends(lab.client('pos'))).toBe('CERTIFICATE_REVOKED'), 10_000);
    putPki(lab, 'old.crl', 'broken');
    putPki(lab, 'denied.txt', 'name internet-bank\n');
    await vi.waitFor(async () => expect(await ends(lab.client('internet-bank'))).toBe('CERTIFICATE_REVOKED'), 10_000);
    expect(await ends(lab.client('pos'))).toBe('CERTIFICATE_REVOKED');
    expect(lab.log()).toContain('old.crl is not a certificate revocation list');
  });

  it('loses its open streams when its authority is no longer trusted', { timeout: 240_000 }, async () => {
    await using other = await Lab.start('real', 'uninitialised');
    const stream = lab.client('internet-bank').verifyStream();
    const ended = new Promise((settle) => stream.on('error', settle).on('end', settle));
    stream.on('data', () => {});
    stream.write({ request: token.request(token.code(9), randomUUID()) });
    await new Promise((settle) => stream.once('data', settle));
    const [own, theirs] = [lab, other].map((one) => readFileSync(join(one.dataDir, 'pki', 'ca.crt'), 'utf8'));
    // This client reads its files now and connects later.
    const later = lab.client('internet-bank');
    // Joined like `cat` joins a file without a final newline.
    putPki(lab, 'ca.crt', `${own?.trimEnd()}${theirs}`);
    await vi.waitFor(() => expect(lab.log()).toContain('were read again'), 10_000);
    // A further trusted authority closes no connection.
    expect(await Promise.race([ended, new Promise((settle) => setTimeout(settle, 3_000, 'open'))])).toBe('open');
    expect(await ends(later)).toMatch(/^VERDICT_/);
    putPki(lab, 'ca.crt', theirs ?? '');
    expect(await Promise.race([ended, new Promise((settle) => setTimeout(settle, 8_000, 'open'))])).not.toBe('open');
    putPki(lab, 'ca.crt', own ?? '');
  });

  it('stops working when it expires, on an open connection too', { timeout: 240_000 }, async () => {
    await issue(lab, { name: 'short', names: CHANNEL, notAfterMs: Date.now() + 4_000 });
    const client = lab.client('short');
    expect(await ends(client)).toBe('VERDICT_REFUSED');
    expect(lab.log()).toContain('caller short expires in less than 1 day');
    await vi.waitFor(
      async () => expect(['CERTIFICATE_EXPIRED', 'UNAVAILABLE', 'CANCELLED']).toContain(await ends(client)),
      { timeout: 10_000, interval: 300 },
    );
  });

  it('is named in the client error when it is expired or from another authority', {
    timeout: 240_000,
  }, async () => {
    await using other = await Lab.start('real', 'uninitialised');
    const foreign = await ramzBeside(other.dataDir, lab.daemon.port, 'status');
    expect(foreign.stderr).toContain("the daemon's certificate is from another authority than the one in ca.crt");
    await issue(lab, { name: 'auditor', names: ['role:auditor'], notAfterMs: Date.now() - 1_000 });
    const expired = await ramzBeside(lab.dataDir, lab.daemon.port, 'status', '--json');
    expect(JSON.parse(expired.stdout)).toMatchObject({
      error: { code: 'UNAVAILABLE', message: expect.stringContaining('the certificate auditor.crt expired on') },
    });
  });

  it('is rejected as a caller when it was issued for a server', { timeout: 240_000 }, async () => {
    await issue(lab, { name: 'server-like', names: CHANNEL, usage: ExtendedKeyUsage.serverAuth });
    expect(await ends(lab.client('server-like'))).toBe('UNAVAILABLE');
  });

  it('cannot resume a session by a ticket, and needs TLS 1.3', { timeout: 240_000 }, async () => {
    const options = tlsOptions(lab, 'internet-bank');
    const socket: TLSSocket = connectTls(options);
    const tickets: Buffer[] = [];
    socket.on('session', (ticket) => tickets.push(ticket));
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
    await new Promise((done) => setTimeout(done, 300));
    socket.destroy();
    for (const session of tickets) {
      const again = connectTls({ ...options, session });
      again.on('error', () => {});
      await once(again, 'secureConnect');
      expect(again.isSessionReused()).toBe(false);
      again.destroy();
    }
    const old = connectTls({ ...options, maxVersion: 'TLSv1.2' });
    const [error] = await once(old, 'error');
    expect(String(error)).toContain('protocol version');
  });

  it('can be blocked and unblocked by an operator, who cannot block the certificate in use', {
    timeout: 240_000,
  }, async () => {
    const thief = lab.client('internet-bank');
    expect(await ends(thief)).toBe('VERDICT_REFUSED');
    const people = lab.people();
    await people.approved({ name: 'block-caller', caller: 'internet-bank' }, HELPERS);
    await vi.waitFor(async () => expect(['CALLER_BLOCKED', 'UNAVAILABLE', 'CANCELLED']).toContain(await ends(thief)), {
      timeout: 5_000,
      interval: 100,
    });
    await vi.waitFor(async () => expect(await ends(lab.client('internet-bank'))).toBe('CALLER_BLOCKED'), 5_000);
    const { blockedCallers } = await lab.client('auditor').status();
    expect(blockedCallers).toEqual(['internet-bank']);
    await expect(people.approved({ name: 'block-caller', caller: 'operator' }, HELPERS)).rejects.toThrow(
      'came with the certificate',
    );
    await people.approved({ name: 'unblock-caller', caller: 'internet-bank' }, HELPERS);
    await vi.waitFor(async () => expect(await ends(lab.client('internet-bank'))).toBe('VERDICT_REFUSED'), 5_000);
    // A block survives a restart.
    await people.approved({ name: 'block-caller', caller: 'mobile-bank' }, HELPERS);
    await lab.stopDaemon();
    await lab.startDaemon();
    await lab.unseal();
    expect(await ends(lab.client('mobile-bank'))).toBe('CALLER_BLOCKED');
  });
});

describe('a stolen certificate that locks cards', () => {
  it('is limited in locks per minute, and a quorum lifts its locks', { timeout: 120_000 }, async () => {
    const office = lab.client('enrolment-office');
    const keys = await RecipientKeys.make();
    const tokens = await Promise.all(
      Array.from({ length: 70 }, (_, n) => KnownToken.enrol(office, cardNumber(100 + n), keys)),
    );
    const thief = lab.client('internet-bank');
    const since = new Date(Date.now() - 1_000);
    let locked = 0;
    let waits = 0;
    for (const one of tokens) {
      for (let tries = 0; tries < 5; tries++) {
        const end = await thief.verify(one.request(one.wrongCode(), randomUUID())).then(
          ({ verdict }) => verdict,
          ({ reason }: { reason: string }) => reason,
        );
        locked += Number(end === 'VERDICT_LOCKED');
        waits += Number(end === 'LOCKS_SPENT');
      }
    }
    expect([locked, waits]).toEqual([60, 10]);
    // A card further from its lock still gets verdicts. One that is a single try from its lock is
    // delayed, even with a right code.
    const [near, far] = [tokens[65] as KnownToken, token];
    await expect(thief.verify(near.request(near.code(), randomUUID()))).rejects.toMatchObject({
      reason: 'LOCKS_SPENT',
    });
    expect((await thief.verify(far.request(far.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
    // The limit also applies to a batch, and then none of its codes is used up.
    const unused = await KnownToken.enrol(office, cardNumber(300), keys);
    const batch = [unused.request(unused.code(), randomUUID()), near.request(near.wrongCode(), randomUUID())];
    await expect(thief.verifyBatch(batch)).rejects.toMatchObject({ reason: 'LOCKS_SPENT' });
    expect((await thief.verify(unused.request(unused.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
    const other = lab.client('mobile-bank');
    expect((await other.verify(near.request(near.code(), randomUUID()))).verdict).toBe('VERDICT_ACCEPTED');
    const alarms = runRamz(lab, 'events', '--json').stdout;
    expect(alarms).toContain('60 locks in 60 s by internet-bank');

    const people = lab.people();
    const lift = { name: 'lift-locks', caller: 'internet-bank', since_ms: since.getTime() } as const;
    await expect(people.approved(lift, HELPERS)).rejects.toThrow('block it first');
    await people.approved({ name: 'block-caller', caller: 'internet-bank' }, HELPERS);
    // A card that was enrolled again and locked by another caller stays locked.
    const again = await KnownToken.enrol(office, cardNumber(100), keys);
    for (let tries = 0; tries < 5; tries++) await other.verify(again.request(again.wrongCode(), randomUUID()));
    await people.approved(lift, HELPERS);
    const verdicts = await Promise.all(
      [again, ...tokens.slice(1, 60)].map(
        async (one) => (await other.verify(one.request(one.code(), randomUUID()))).verdict,
      ),
    );
    expect(verdicts).toEqual(['VERDICT_LOCKED', ...Array.from({ length: 59 }, () => 'VERDICT_ACCEPTED')]);
    expect(runRamz(lab, 'events', '--json').stdout).toContain('59 locks of internet-bank');
    // Replaying the log gives the same result.
    await lab.kill('both');
    await lab.startDaemon();
    await lab.unseal();
    const after = lab.client('mobile-bank');
    const wrong = tokens[5] as KnownToken;
    expect((await after.verify(wrong.request(wrong.wrongCode(), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
  });
});
