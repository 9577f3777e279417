// npm run bench:otp: medians of operations per second of CPU time, all contenders in turn in each
// round. RAMZ_BENCH_README=1 writes the table into libs/otp-core/README.md between its markers. The
// last line is JSON. C peers are measured if liboath and OpenSSL's headers are installed (Debian:
// liboath-dev, libssl-dev).

import { createHmac, createSecretKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { snakeKeys } from '@ramz/custody';
import * as otpauth from 'otpauth';
import { generateSync } from 'otplib';
import speakeasy from 'speakeasy';
import { nobleEngine } from '../../libs/otp-core/dist/engine.js';
import {
  encodeBase32,
  type HashName,
  HmacKey,
  hotp,
  hotpDigits,
  matchKeys,
  matchWindow,
  parseCode,
  Secret,
} from '../../libs/otp-core/dist/index.js';
import { fastEngine } from '../../libs/otp-fast/dist/index.js';
import { benchNumbers } from './bench-numbers.ts';
import { type CPeers, CPrograms } from './c-peers.ts';

const { rounds: ROUNDS } = benchNumbers(
  'npm run bench:otp -- [flags]: measures operations per second of CPU time against other libraries; RAMZ_BENCH_README=1 writes the table into libs/otp-core/README.md',
  { rounds: { usual: 9, least: 1, what: 'rounds; each runs all contenders in turn' } },
);
const SLICE_MS = 60;
const README = new URL('../../libs/otp-core/README.md', import.meta.url);
const NOBLE = { sha1, sha256, sha512 } as const;
const KEY_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;
const DIGITS = hotpDigits(6);
const WRONG = parseCode('000000', DIGITS);

interface Contender {
  readonly name: string;
  /** Does the work once. Returns the number of units (codes or windows). */
  readonly run: (i: number) => number;
}

function contenders(hash: HashName): Contender[] {
  const bytes = Uint8Array.from({ length: KEY_BYTES[hash] }, (_, i) => i * 7 + 1);
  const key = HmacKey.from(hash, Secret.copy(bytes), fastEngine);
  const four = Array.from({ length: 4 }, (_, n) =>
    HmacKey.from(hash, Secret.copy(bytes.map((byte) => byte ^ n)), fastEngine),
  );
  const byNoble = HmacKey.from(hash, Secret.copy(bytes), nobleEngine);
  const message = Buffer.alloc(8);
  const counter = (i: number) => {
    message.writeUInt32BE(i, 4);
    return message;
  };
  const keyObject = createSecretKey(bytes);
  const secret = otpauth.Secret.fromBase32(encodeBase32(bytes));
  const peer = new otpauth.TOTP({ secret, algorithm: hash.toUpperCase(), digits: 6, period: 30 });
  return [
    { name: 'ramz, fast engine: one code', run: (i) => hotp(key, i, DIGITS).value && 1 },
    { name: 'ramz, fast engine: 4 counters of one key', run: (i) => (matchWindow(key, WRONG, i, 4), 4) },
    { name: 'ramz, fast engine: 4 keys at one counter', run: (i) => (matchKeys(four, WRONG, i, 1), 4) },
    { name: 'ramz, fast engine: window of 21', run: (i) => (matchWindow(key, WRONG, i, 21), 21) },
    { name: 'ramz by noble, state cloned: one code', run: (i) => hotp(byNoble, i, DIGITS).value && 1 },
    { name: 'ramz by noble, state cloned: window of 21', run: (i) => (matchWindow(byNoble, WRONG, i, 21), 21) },
    { name: 'noble hmac()', run: (i) => (hmac(NOBLE[hash], bytes, Uint8Array.from(counter(i))), 1) },
    { name: 'node:crypto, KeyObject', run: (i) => (createHmac(hash, keyObject).update(counter(i)).digest(), 1) },
    { name: 'otpauth', run: (i) => (peer.generate({ timestamp: i * 30_000 }), 1) },
    {
      name: 'otplib',
      run: (i) => (generateSync({ strategy: 'hotp', secret: encodeBase32(bytes), counter: i, algorithm: hash }), 1),
    },
    {
      name: 'speakeasy',
      run: (i) => (speakeasy.hotp({ secret: encodeBase32(bytes), encoding: 'base32', counter: i, algorithm: hash }), 1),
    },
  ];
}

function windows(): Contender[] {
  const bytes = Uint8Array.from({ length: 20 }, (_, i) => i * 7 + 1);
  const key = HmacKey.from('sha1', Secret.copy(bytes), fastEngine);
  const secret = otpauth.Secret.fromBase32(encodeBase32(bytes));
  const peer = new otpauth.TOTP({ secret, digits: 6, period: 30 });
  return [
    { name: 'ramz, fast engine: window of 3', run: (i) => (matchWindow(key, WRONG, i, 3), 1) },
    {
      name: 'otpauth validate',
      run: (i) => (peer.validate({ token: '000000', timestamp: (i + 1) * 30_000, window: 1 }), 1),
    },
  ];
}

/** Measures units per second of this process's CPU time, with garbage collection. */
function measure({ run }: Contender): number {
  const before = process.cpuUsage();
  const untilMs = performance.now() + SLICE_MS;
  let units = 0;
  for (let i = 1; performance.now() < untilMs; ) for (let n = 0; n < 50; n++) units += run(i++ & 0xffffff);
  const { user, system } = process.cpuUsage(before);
  return units / ((user + system) / 1e6);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function medians(rounds: readonly CPeers[]): CPeers {
  const [first = {}] = rounds;
  const names = Object.keys(first) as (keyof CPeers)[];
  return Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => round[name] ?? Number.NaN))]));
}

type Rates = Record<string, number>;

const cRounds: CPeers[] = [];

/** Runs every contender and the C peers once a round, so that all share the machine's state. */
function race(all: readonly Contender[], cPrograms?: CPrograms): Rates {
  const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (let round = -2; round < ROUNDS; round++) {
    for (const contender of all) {
      const rate = measure(contender);
      if (round >= 0) rates.get(contender.name)?.push(rate);
    }
    if (cPrograms !== undefined && round >= 0) cRounds.push(cPrograms.measure());
  }
  return Object.fromEntries([...rates].map(([name, values]) => [name, median(values)]));
}

const rates: Record<HashName, Rates> = { sha1: {}, sha256: {}, sha512: {} };
const cPrograms = new CPrograms();
for (const hash of Object.keys(rates) as HashName[]) {
  process.stderr.write(`${hash} ...\n`);
  rates[hash] = race(contenders(hash), hash === 'sha1' ? cPrograms : undefined);
}
process.stderr.write('windows ...\n');
const windowRates = race(windows(), cPrograms);
cPrograms.remove();
const c = medians(cRounds);

const of = (all: Rates, name: string) => all[name] ?? Number.NaN;
const best4 = (hash: HashName) =>
  Math.min(
    of(rates[hash], 'ramz, fast engine: 4 counters of one key'),
    of(rates[hash], 'ramz, fast engine: 4 keys at one counter'),
  );
const noble = (hash: HashName) => of(rates[hash], 'noble hmac()');
const ratios = {
  batchSha1OverNoble: best4('sha1') / noble('sha1'),
  batchSha256OverNoble: best4('sha256') / noble('sha256'),
  batchSha512OverNoble: best4('sha512') / noble('sha512'),
  singleSha1OverNoble: of(rates.sha1, 'ramz, fast engine: one code') / noble('sha1'),
  window21OverNoble: of(rates.sha1, 'ramz, fast engine: window of 21') / noble('sha1'),
  window3OverOtpauth: of(windowRates, 'ramz, fast engine: window of 3') / of(windowRates, 'otpauth validate'),
  ...(c.liboath_hotp !== undefined && { batchSha1OverLiboath: best4('sha1') / c.liboath_hotp }),
  ...(c.openssl_reinit !== undefined && { batchSha1OverOpenssl: best4('sha1') / c.openssl_reinit }),
  ...(c.liboath_window_3 !== undefined && {
    window3OverLiboath: of(windowRates, 'ramz, fast engine: window of 3') / c.liboath_window_3,
  }),
};

const thousands = (rate: number | undefined) =>
  rate === undefined || Number.isNaN(rate) ? '–' : Math.round(rate).toLocaleString('en');
const rows = Object.keys(rates.sha1).map((name) => {
  const cells = (Object.keys(rates) as HashName[]).map(
    (hash) => `${thousands(rates[hash][name])} (${(of(rates[hash], name) / noble(hash)).toFixed(1)} ×)`,
  );
  return `| ${name} | ${cells.join(' | ')} |`;
});
const table = `Codes per second of CPU time; in parentheses, the ratio to noble's \`hmac()\`. The rows of Ramz and
KeyObject set up the key once, all other rows for each code. otpauth, otplib and speakeasy also make
the digits. Node ${process.versions.node}, median of ${ROUNDS} rounds.

| | SHA-1 | SHA-256 | SHA-512 |
|---|---|---|---|
${rows.join('\n')}
| liboath (C) | ${thousands(c.liboath_hotp)} | – | – |
| OpenSSL, EVP_MAC set up again for each code (C) | ${thousands(c.openssl_reinit)} | – | – |

| a wrong code in a window of 3, SHA-1 | windows a second |
|---|---|
${Object.entries(windowRates)
  .map(([name, rate]) => `| ${name} | ${thousands(rate)} |`)
  .join('\n')}
| liboath validate (C) | ${thousands(c.liboath_window_3)} |`;

const readme = readFileSync(README, 'utf8');
const marked = /(<!-- bench:otp -->\n)[\s\S]*?(<!-- \/bench:otp -->)/;
if (process.env['RAMZ_BENCH_README'] === '1') writeFileSync(README, readme.replace(marked, `$1${table}\n$2`));
process.stdout.write(
  `\n${table}\n\n${JSON.stringify({ bench: 'otp', rates, window_rates: windowRates, c, ratios: snakeKeys(ratios) })}\n`,
);
