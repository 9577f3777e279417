// npm run bench:vault: the cost of an accepted code in the vault alone, by batch size, in this
// process without front and wall. Prints a table, then one line of JSON.
import { randomFillSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCode, hotp, secretBytes, stepAt } from '@ramz/otp-core';
import type { Attempt, Command, VerifyCommand } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { packBatch, packReplies, unpackBatch } from '../../apps/hsm-daemon/src/boundary/packed-batch.ts';
import type { Vault } from '../../apps/hsm-daemon/src/vault/application/vault.ts';
import { subjectsOf } from '../../apps/hsm-daemon/src/vault/crypto/keyed-digests.ts';
import { Keyring } from '../../apps/hsm-daemon/src/vault/crypto/keyring.ts';
import { SeedKeys } from '../../apps/hsm-daemon/src/vault/crypto/seed-keys.ts';
import { AnchorFile } from '../../apps/hsm-daemon/src/vault/store/anchor-file.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { readBankProfile } from '../../libs/bank-profile/src/bank-profile.ts';
import { profilePath } from '../../libs/bank-profile/src/shipped-profiles.ts';
import { cardNumber } from '../harness/cards.ts';
import { draftOf, enrolled, hexId } from '../harness/ledger-entries.ts';
import { makeStoredKeys, startOperational, testPorts } from '../harness/operational-vault.ts';
import { benchNumbers } from './bench-numbers.ts';

/** Codes sent to the vault at once. The first size is for warming up. */
const SIZES = [100, 4, 25, 100, 1_000];
const CODES = 50_000;
const { enrolments: CARDS } = benchNumbers(
  'npm run bench:vault -- [flags]: measures the cost of an accepted code in the vault alone',
  {
    enrolments: { usual: 400_000, least: SIZES.length * CODES, what: 'cards; each is good for one code' },
  },
);
const AT_ONCE = 10_000;
const PURPOSE = 'second-pin';

const profile = readBankProfile(profilePath('maskan'));
const policy = profile.purposes[PURPOSE];
if (policy === undefined) throw new Error(`the profile has no ${PURPOSE}`);

interface Row {
  readonly size: number;
  readonly wall_us: number;
  readonly user_us: number;
  readonly system_us: number;
}

/** Unused cards with their current codes. */
class Codes {
  readonly #subjects: string[] = [];
  readonly #keyring: Keyring;
  readonly #seeds: SeedKeys;
  #next = 0;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
    this.#seeds = new SeedKeys(keyring.seedMasters, keyring.cardIndex, profile.name);
  }

  async enrolAll(ledger: SqliteLedger): Promise<void> {
    for (let from = 0; from < CARDS; from += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, i) => ({ subjectName: `card/${cardNumber(from + i)}` }));
      const subjects = subjectsOf(this.#keyring.cardIndex, some);
      this.#subjects.push(...subjects);
      const entries = subjects.map((subject, i) => enrolled(from + i, { subject, enrolmentId: hexId(from + i + 1) }));
      await draftOf(ledger, entries).commit();
    }
  }

  /** Returns codes as unary calls send them, or as one batch of a caller. */
  commands(count: number): Command[] {
    const attempts = Array.from({ length: count }, () => this.#attempt());
    return count <= 25 ? attempts.map((one) => verify([one])) : [verify(attempts)];
  }

  #attempt(): Attempt {
    const n = this.#next++;
    const subject = this.#subjects[n];
    if (subject === undefined || policy === undefined) throw new Error(`there is no card ${n}`);
    const of = { subject, purpose: PURPOSE, enrolment: { id: hexId(n + 1), generation: 1, epoch: 1 } } as const;
    using key = this.#seeds.keyOf(of, policy.hash);
    const code = formatCode(hotp(key, stepAt(Date.now(), policy), policy.digits));
    return {
      requestId: randomUUID(),
      subjectName: `card/${cardNumber(n)}`,
      purpose: PURPOSE,
      tokenSerial: '',
      code,
    };
  }
}

function verify(attempts: readonly Attempt[]): VerifyCommand {
  return { kind: 'verify', caller: 'internet-bank', group: 'internet-bank', channel: 'internet-bank', attempts };
}

async function measure(vault: Vault, codes: Codes, size: number): Promise<Row> {
  const batches = Array.from({ length: CODES / size }, () => structuredClone(packBatch(codes.commands(size))));
  let accepted = 0;
  const [cpu, beganMs] = [process.cpuUsage(), performance.now()];
  for (const batch of batches) {
    const { reason } = packReplies(await vault.answer(unpackBatch(batch)));
    accepted += reason.filter((one) => one === 'accepted').length;
    await vault.tidy();
  }
  const { user, system } = process.cpuUsage(cpu);
  const wallMicros = ((performance.now() - beganMs) * 1_000) / CODES;
  if (accepted !== CODES) throw new Error(`${accepted} of ${CODES} codes were accepted`);
  return { size, wall_us: wallMicros, user_us: user / CODES, system_us: system / CODES };
}

const dir = mkdtempSync(join(tmpdir(), 'ramz-bench-vault-'));
const random = (length: number) => randomFillSync(secretBytes(length));
const ledger = SqliteLedger.open(join(dir, 'vault.db'), Date.now());
const { root, stored } = await makeStoredKeys(profile, random);
const first = draftOf(ledger, [{ kind: 'daemon', atMs: Date.now(), act: 'started', version: 'test', software: '' }]);
first.storeKeys(stored);
await first.commit();
process.stderr.write(`writing ${CARDS} enrolments ...\n`);
const codes = new Codes(await Keyring.open(root, 'test', stored.keys));
await codes.enrolAll(ledger);
const ports = { profile, random, root, ledger, nowMs: () => Date.now() };
const others = { monotonicMs: () => performance.now(), anchor: AnchorFile.open(join(dir, 'anchor')) };
const vault = await startOperational(await testPorts(ports, others));
const rows: Row[] = [];
for (const [round, size] of SIZES.entries()) {
  process.stderr.write(`batches of ${size}${round === 0 ? ', to warm up' : ''} ...\n`);
  const row = await measure(vault, codes, size);
  if (round > 0) rows.push(row);
}
await vault.stop();
rmSync(dir, { recursive: true });
const line = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(10)).join('');
const table = rows.map(({ size, ...us }) => line([size, ...Object.values(us).map((one: number) => one.toFixed(1))]));
process.stdout.write(`\nmicroseconds a code, durable; ${CARDS} enrolments, each code of another card\n`);
process.stdout.write(`${[line(['in batch', 'wall', 'user', 'system']), ...table].join('\n')}\n\n`);
process.stdout.write(`${JSON.stringify({ bench: 'vault', enrolments: CARDS, rows })}\n`);
