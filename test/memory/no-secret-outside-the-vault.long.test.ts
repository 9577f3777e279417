// Checks that no key is ever in the process that listens: searches the memory of the front, and
// every file of the daemon.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys, shareOfWords, sharingScheme, wordsOfText } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { findInMemory, formsOf } from '../harness/find-secret.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

describe.runIf(existsSync('/proc/self/mem'))('secrets stay in the vault', () => {
  let lab: Lab;
  const secrets = new Map<string, Buffer>();
  const cards: string[] = [];

  beforeAll(async () => {
    lab = await Lab.start();
    const keys = await RecipientKeys.make();
    const office = lab.client('enrolment-office');
    const [shop, bank] = [lab.client('pos'), lab.client('internet-bank')];
    for (let n = 0; n < 6; n++) {
      const token = await KnownToken.enrol(
        office,
        cardNumber(n),
        keys,
        n % 2 ? 'PURPOSE_FIRST_PIN' : 'PURPOSE_SECOND_PIN',
      );
      secrets.set(`seed ${n}`, Buffer.from(token.seed));
      cards.push(token.cardNumber);
      for (const code of [token.code(), token.code(), token.wrongCode()])
        await (n % 2 ? shop : bank).verify(token.request(code, randomUUID()));
    }
    for (const [name, bytes] of shareSecrets(lab)) secrets.set(name, bytes);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it('and the search finds a canary in the memory of this test', () => {
    const canary = Buffer.from(randomUUID());
    expect(findInMemory(process.pid, new Map([['canary', canary]]))).toContain('canary raw');
  });

  it('with no seed, share or root key in the memory of the front, in any encoding', () => {
    expect(findInMemory(lab.frontPid, secrets)).toEqual([]);
  });

  it('with no share or root key in the memory of an unsealed vault', () => {
    const ceremony = new Map([...secrets].filter(([name]) => !name.startsWith('seed')));
    expect(findInMemory(lab.vaultPid, ceremony)).toEqual([]);
  });

  it('with no share, root key or seed in the memory of either once sealed again', { timeout: 240_000 }, async () => {
    await lab.people().approved({ name: 'seal' }, []);
    expect([...findInMemory(lab.vaultPid, secrets), ...findInMemory(lab.frontPid, secrets)]).toEqual([]);
  });

  it('with no secret or card number in any file of the daemon', async () => {
    // The custodians' own files stand for paper in an envelope.
    const files = filesBelow(lab.dataDir).filter((file) => !file.startsWith(join(lab.dataDir, 'custodians')));
    expect(files.map((file) => file.slice(lab.dataDir.length + 1))).toEqual(
      expect.arrayContaining(['anchor', 'vault/vault.db', 'vault/vault.db-wal', 'daemon.log']),
    );
    const found: string[] = [];
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const [name, secret] of secrets)
        for (const form of formsOf(secret)) if (bytes.includes(form.bytes)) found.push(`${name} in ${file}`);
      for (const card of cards) if (bytes.includes(card)) found.push(`${card} in ${file}`);
    }
    expect(found).toEqual([]);
  });

  it('with every file readable by its owner only', () => {
    expect(
      filesBelow(lab.dataDir).filter((file) => (statSync(file).mode & 0o077) !== 0 && !file.endsWith('daemon.log')),
    ).toEqual([]);
  });
});

/** Returns the shares as sent, as points and as words, and the root key they combine to. */
function shareSecrets(lab: Lab): Map<string, Buffer> {
  const scheme = sharingScheme('slip39');
  const shares = ['custodian-1', 'custodian-2'].map((name) => lab.people().share(name));
  const found = new Map<string, Buffer>();
  shares.forEach((share, i) => {
    const words = wordsOfText(scheme.text(share));
    found.set(`share ${i} as sent`, Buffer.from(share.expose()));
    found.set(`share ${i} as a point`, Buffer.from(shareOfWords(words).value.expose()));
    found.set(`share ${i} as words`, Buffer.from(scheme.text(share).expose()));
  });
  return found.set('root key', Buffer.from(scheme.combine(shares).expose()));
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
