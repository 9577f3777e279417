// npm run count:verify: counts the files and functions of Ramz that one accepted code runs through,
// from the call to its verdict. Front and vault run in this process, joined by the wall's own
// packing, and V8 counts the called functions. Counts the second call of a card, to leave out the
// work that only a first call does. Prints a table, then one line of JSON.
import { randomFillSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profilePath, readBankProfile } from '@ramz/bank-profile';
import { RamzClient } from '@ramz/client';
import { aesKeyCheckValue, RecipientKeys, SigningKeys } from '@ramz/custody';
import { bankPinDigits, formatCode, HmacKey, Secret, secretBytes, totp } from '@ramz/otp-core';
import { chooseEngine } from '@ramz/otp-core/engine';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import { packBatch, packReplies, unpackBatch, unpackReplies } from '../apps/hsm-daemon/dist/boundary/packed-batch.js';
import { VaultLink } from '../apps/hsm-daemon/dist/boundary/vault-link.js';
import { onFreePort } from '../apps/hsm-daemon/dist/free-port.js';
import { HealthBoard } from '../apps/hsm-daemon/dist/front/health/health-board.js';
import { startFront } from '../apps/hsm-daemon/dist/front/start-front.js';
import { Metrics } from '../apps/hsm-daemon/dist/front/telemetry/metrics.js';
import { makeTestAuthority, openPki } from '../apps/hsm-daemon/dist/open-pki.js';
import { Batch } from '../apps/hsm-daemon/dist/vault/application/batch/batch.js';
import { Vault } from '../apps/hsm-daemon/dist/vault/application/vault.js';
import { makeKeys } from '../apps/hsm-daemon/dist/vault/crypto/keyring.js';
import { newKeyRecord } from '../apps/hsm-daemon/dist/vault/domain/keys/key-record.js';
import { decide } from '../apps/hsm-daemon/dist/vault/domain/verification/decide.js';
import { AnchorFile } from '../apps/hsm-daemon/dist/vault/store/anchor-file.js';
import { SqliteLedger } from '../apps/hsm-daemon/dist/vault/store/sqlite/ledger.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CARD = '5892101234567895';
const PERIOD_MS = 60_000;
/** The parts of the path to the verdict, by folder. The caller's own code does not count. */
const PARTS = { front: /^apps\/hsm-daemon\/dist\/(front|boundary)\//, vault: /^apps\/hsm-daemon\/dist\/vault\// };
const LIBRARIES = /^libs\/(otp-core|otp-fast|audit-log|bank-profile|custody)\//;

const dir = mkdtempSync(join(tmpdir(), 'ramz-count-'));
const logger = { info() {}, warn() {}, error() {}, fatal() {}, debug() {} };
const random = (length) => randomFillSync(secretBytes(length));
let nowMs = Date.now();

chooseEngine(derivingEngine);
const profile = readBankProfile(profilePath('maskan'));
const vault = await startVault();
const { client, where, front } = await startFrontBeside(vault);
const token = await enrol();
await verify(codeNow(token));
nowMs += PERIOD_MS;
// Outside the count: a token makes its code without the daemon.
const code = codeNow(token);
const used = await counted(() => verify(code));
client.close();
await front.close();
rmSync(dir, { recursive: true });
report(used);

async function startVault() {
  const ledger = SqliteLedger.open(join(dir, 'vault.db'), nowMs);
  using root = Secret.own(random(32));
  using seed = Secret.own(random(32));
  const rootRecord = newKeyRecord('root', 1, 'AES-256', aesKeyCheckValue(root), 0);
  const keys = await makeKeys(root, seed, 'test', 0, random);
  const shares = { scheme: 'slip39', threshold: 2, identifier: 0, holders: [], digests: [] };
  const own = { realm: 'test', bank: profile.name, epoch: 1, shares, root: rootRecord, keys, quorum: profile.quorum };
  const none = { former_roots: [], zones: [], persons: [], blocked_callers: [], destroyed: false };
  const ports = {
    ledger,
    profile,
    random,
    identity: await SigningKeys.make(),
    anchor: AnchorFile.open(join(dir, 'anchor')),
  };
  const kept = Secret.copy(root.expose());
  const rootKeeper = {
    name: 'test',
    wrap: async () => Uint8Array.of(1),
    unwrap: async () => Secret.copy(kept.expose()),
  };
  const world = { nowMs: () => nowMs, monotonicMs: () => nowMs, collectGarbage() {} };
  const others = {
    realm: 'test',
    version: 'test',
    software: '0'.repeat(64),
    makeSession: () => RecipientKeys.make(),
    decide,
  };
  const all = { ...ports, ...world, ...others, rootKeeper };
  const first = new Batch(all, nowMs);
  first.record({ kind: 'daemon', atMs: nowMs, act: 'started', version: 'test', software: '' });
  first.storeKeys({ ...own, ...none, guarded_root: Uint8Array.of(1) });
  await first.commit();
  return Vault.start(all);
}

/** Starts a front, with a link in place of the wall: like a daemon's, but in one process. */
async function startFrontBeside(inner) {
  const answer = async (batch) => {
    const replies = packReplies(await inner.answer(unpackBatch(packBatch(batch))));
    link.takeReplies(unpackReplies(replies));
  };
  const link = new VaultLink((batch) => void answer(batch), setImmediate);
  await makeTestAuthority(dir);
  const pki = await openPki({ dataDir: dir, tls: '1.3' }, logger);
  const health = new HealthBoard();
  health.show('operational', true);
  const metrics = new Metrics('test', profile);
  const place = { host: '127.0.0.1', realm: 'test', version: 'test' };
  const options = { link, profile, logger, health, metrics, tracer: undefined, stopping: new AbortController().signal };
  const { port, started } = await onFreePort(place.host, (free) =>
    startFront({ ...place, ...options, ...pki, port: free }),
  );
  const where = { host: place.host, port, dataDir: dir };
  return { front: started, client: new RamzClient({ ...where, caller: 'internet-bank' }), where };
}

async function enrol() {
  const office = new RamzClient({ ...where, caller: 'enrolment-office' });
  const device = await RecipientKeys.make();
  const purpose = 'PURPOSE_SECOND_PIN';
  const tokenPublicKey = Buffer.from(device.publicKey);
  const made = await office.enrol({ cardNumber: CARD, purpose, tokenSerial: 'COUNTED', tokenPublicKey });
  office.close();
  using seed = await device.open('seed', made.sealedSeed, made.enrolmentId);
  return { key: HmacKey.from('sha1', seed), digits: bankPinDigits(made.parameters.digits), purpose };
}

function codeNow({ key, digits, purpose }) {
  return { purpose, code: formatCode(totp(key, nowMs, { periodSeconds: 60, t0Seconds: 0 }, digits)) };
}

async function verify(code) {
  const { verdict } = await client.verify({ requestId: randomUUID(), cardNumber: CARD, ...code });
  if (verdict !== 'VERDICT_ACCEPTED') throw new Error(`the code was not accepted: ${verdict}`);
}

/** Returns the number of functions that ran during `work`, by file. */
async function counted(work) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return result.flatMap(({ url, functions }) => {
    if (!url.startsWith('file:')) return [];
    const ran = functions.filter(({ functionName, ranges }) => functionName !== '' && ranges[0].count > 0);
    return ran.length === 0 ? [] : [{ file: relative(ROOT, fileURLToPath(url)), functions: ran.length }];
  });
}

function report(files) {
  const rows = Object.entries({ ...PARTS, libraries: LIBRARIES }).map(([part, place]) => {
    const own = files.filter(({ file }) => place.test(file));
    return { part, files: own.length, functions: own.reduce((sum, { functions }) => sum + functions, 0) };
  });
  const sum = (of) => rows.reduce((total, row) => total + row[of], 0);
  const all = [...rows, { part: 'one Verify', files: sum('files'), functions: sum('functions') }];
  for (const { part, files: count, functions } of all) {
    process.stdout.write(
      `${part.padEnd(12)}${String(count).padStart(5)} files${String(functions).padStart(6)} functions\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ count: 'verify', rows: all })}\n`);
}
