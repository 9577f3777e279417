// No entry, no answer: on a full disk calls are UNAVAILABLE until there is room, and nothing needs
// a restart or an unsealing. Seen to fail (planted) on a daemon that exited with 70: its restart
// met the same full disk, and then its custodians had to come.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { describe, expect, it, vi } from 'vitest';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { allEntries } from '../harness/ledger-entries.ts';
import { runRamz } from '../harness/run-ramz.ts';

const BATCH = 50;

/**
 * Sends wrong codes until a batch is rejected. Returns the log indexes of all answers, and the
 * rejection.
 */
async function untilRefused(bank: RamzClient, token: KnownToken, batches: number) {
  const answered: number[] = [];
  for (let i = 0; i < batches; i++) {
    const requests = Array.from({ length: BATCH }, () => token.request(token.wrongCode(), randomUUID()));
    try {
      answered.push(...(await bank.verifyBatch(requests)).map(({ logIndex }) => Number(logIndex)));
    } catch (error) {
      return { answered, refusal: error as { code: string; reason?: string; message: string } };
    }
  }
  return { answered, refusal: undefined };
}

const verdictOf = async (bank: RamzClient, token: KnownToken, code: string) =>
  bank.verify(token.request(code, randomUUID())).then(
    ({ verdict }) => verdict,
    ({ code: status }: { code: string }) => status,
  );

/** Sends a code for a card without enrolment: its entry takes room, and it locks nothing. */
const outcomeOfUnknown = async (bank: RamzClient, token: KnownToken) =>
  bank.verify({ ...token.request('00000000', randomUUID()), cardNumber: cardNumber(999) }).then(
    ({ verdict }) => verdict,
    ({ code }: { code: string }) => code,
  );

async function assertLogged(lab: Lab, answered: readonly number[]): Promise<void> {
  const ledger = SqliteLedger.open(join(lab.dataDir, 'vault', 'vault.db'), Date.now());
  const entries = await allEntries(ledger);
  const verdicts = new Set(entries.flatMap((entry, index) => (entry.kind === 'verdict' ? [index] : [])));
  await ledger.close();
  expect(answered.filter((index) => !verdicts.has(index))).toEqual([]);
}

const enrolled = async (lab: Lab, card: number) =>
  KnownToken.enrol(lab.client('enrolment-office'), cardNumber(card), await RecipientKeys.make(), 'PURPOSE_SECOND_PIN');

it('rejects calls while the database cannot grow, and continues when there is room', {
  timeout: 240_000,
}, async () => {
  await using lab = await Lab.start();
  const [token, other] = [await enrolled(lab, 1), await enrolled(lab, 2)];
  await lab.stopDaemon();
  await lab.startDaemon('full-disk');
  await lab.unseal();
  const bank = lab.client('internet-bank');
  const { answered, refusal } = await untilRefused(bank, token, 200);
  expect(refusal).toMatchObject({ code: 'UNAVAILABLE', reason: 'STORE_UNAVAILABLE' });
  await vi.waitFor(() => expect(lab.log()).toContain('volume is full'), 5_000);
  expect(answered.length).toBeGreaterThan(50);
  process.kill(lab.vaultPid, 'SIGUSR2');
  await vi.waitFor(async () => expect(await verdictOf(bank, other, other.code(0))).toBe('VERDICT_ACCEPTED'), 10_000);
  const after = await untilRefused(bank, token, 20);
  expect(after.refusal).toBeUndefined();
  await lab.kill('both');
  await assertLogged(lab, [...answered, ...after.answered]);
});

/** A small mounted volume. Needs root. */
class SmallVolume implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'ramz-volume-'));
  readonly #ballast = join(this.dir, 'ballast');

  constructor(mib: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', this.dir]);
  }

  static get canMount(): boolean {
    const dir = mkdtempSync(join(tmpdir(), 'ramz-volume-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status === 0;
    if (mounted) spawnSync('umount', [dir]);
    rmSync(dir, { recursive: true });
    return mounted;
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.dir);
    return bavail * bsize;
  }

  /** Fills the volume until `bytes` are left. */
  leave(bytes: number): void {
    writeFileSync(this.#ballast, new Uint8Array(Math.max(0, this.freeBytes - bytes)));
  }

  free(): void {
    truncateSync(this.#ballast, 0);
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

describe.skipIf(!SmallVolume.canMount)('a full volume (needs root to mount it)', () => {
  /** Starts a lab with all its data, log included, on the volume. */
  async function labOn(volume: SmallVolume): Promise<Lab> {
    mkdirSync(join(volume.dir, 'tmp'));
    vi.stubEnv('TMPDIR', join(volume.dir, 'tmp'));
    try {
      return await Lab.start();
    } finally {
      vi.unstubAllEnvs();
    }
  }

  it('stops verdicts until there is room, and keeps a reserve for statements of people', {
    timeout: 240_000,
  }, async () => {
    using volume = new SmallVolume(64);
    await using lab = await labOn(volume);
    const token = await enrolled(lab, 1);
    const bank = lab.client('internet-bank');
    volume.leave(2 * 1_048_576);
    await vi.waitFor(async () => expect(await outcomeOfUnknown(bank, token)).toBe('UNAVAILABLE'), 10_000);
    // Rejected calls do not use up the reserve.
    const [pos, before] = [lab.client('pos'), volume.freeBytes];
    for (let i = 0; i < 200; i++) await pos.verify(token.request('00000000', randomUUID())).catch(() => {});
    expect(before - volume.freeBytes).toBeLessThan(65_536);
    // With the reserve, an operator can still block a caller.
    await lab.people().approved({ name: 'block-caller', caller: 'mobile-bank' }, []);
    expect((await lab.client('auditor').status()).blockedCallers).toEqual(['mobile-bank']);
    volume.free();
    await vi.waitFor(async () => expect(await verdictOf(bank, token, token.code(0))).toBe('VERDICT_ACCEPTED'), 10_000);
  });

  it('without a free byte neither ends the daemon nor prints a stack, and an audit export works once there is room', {
    timeout: 120_000,
  }, async () => {
    using volume = new SmallVolume(64);
    await using lab = await labOn(volume);
    const [token, other] = [await enrolled(lab, 1), await enrolled(lab, 2)];
    const bank = lab.client('internet-bank');
    volume.leave(0);
    await vi.waitFor(async () => expect(await outcomeOfUnknown(bank, token)).toBe('UNAVAILABLE'), 10_000);
    const out = join(lab.dataDir, 'export');
    const full = runRamz(lab, 'audit', 'export', '--out', out);
    expect(full.status).not.toBe(0);
    expect(full.stderr).toMatch(/^ramz: (.*full|.*no space|the store cannot be used now)/i);
    expect(full.stderr).not.toMatch(/\n\s+at /);
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
    volume.free();
    await vi.waitFor(async () => expect(await verdictOf(bank, other, other.code(0))).toBe('VERDICT_ACCEPTED'), 10_000);
    rmSync(out, { recursive: true, force: true });
    expect(runRamz(lab, 'audit', 'export', '--out', out).status).toBe(0);
    expect(lab.log()).not.toMatch(/\n\s+at /);
    expect(await lab.stopDaemon()).toBe(0);
    await lab.startDaemon();
  });

  it('makes the daemon exit with 75 at start, so that a supervisor retries', { timeout: 240_000 }, async () => {
    using volume = new SmallVolume(64);
    await using lab = await labOn(volume);
    expect(await lab.stopDaemon()).toBe(0);
    volume.leave(0);
    await expect(lab.startDaemon()).rejects.toThrow('the daemon ended with 75');
    volume.free();
    await lab.startDaemon();
  });
});
