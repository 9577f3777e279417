// FIPS 140-3, 7.10: known answers for every primitive, at each start and on demand. HPKE and
// SLIP-39 draw random bytes, so they get a round trip, and HPKE a rejection as well. A wrong answer
// ends all use of keys. Vectors: RFC 2202, 4231, 4226, 6238, 6287, 4493, 8032, FIPS 180-4 and
// SP 800-38D.
import { cmac, gcm } from '@noble/ciphers/aes.js';
import {
  bytesOfHex,
  hexOf,
  RecipientKeys,
  SigningKeys,
  sealEnvelope,
  sharingScheme,
  signatureHolds,
} from '@ramz/custody';
import { HmacKey, ocraResponse, parseOcraSuite, Secret, secretBytes } from '@ramz/otp-core';
import { deriveKey } from './derive-key.ts';
import { DIFFERENT, digestsOf, hmacOf, hotpOf, isRightDerived, macsOf, totpOf } from './engine-tests.ts';

const text = (value: string) => new TextEncoder().encode(value);
const secret = (value: Uint8Array) => Secret.copy(value);

const RFC_4226_KEY = text('12345678901234567890');

function kdf(): string {
  using key = secret(new Uint8Array(32).fill(0x0b));
  using master = HmacKey.from('sha256', key);
  using derived = deriveKey(master, 'label', ['context'], secretBytes(32));
  if (!isRightDerived(master)) return DIFFERENT;
  // K(1) = HMAC(KI, 00000001 | "label" | 00 | 0007 "context" | 00000100), computed by two
  // independent programs.
  return hexOf(derived.expose());
}

function ocra(): string {
  using key = secret(RFC_4226_KEY);
  using mac = HmacKey.from('sha1', key);
  return ocraResponse(mac, parseOcraSuite('OCRA-1:HOTP-SHA1-6:QN08'), { mode: 'one-way', challenge: '00000000' });
}

function split(): string {
  const scheme = sharingScheme('slip39');
  using key = secret(RFC_4226_KEY.slice(0, 16));
  const shares = scheme.split(key, 2, 3, 7, (length) => new Uint8Array(length).fill(0x5a));
  using again = scheme.combine([shares[2] as Secret, shares[0] as Secret]);
  return hexOf(again.expose());
}

async function ed25519(): Promise<string> {
  // RFC 8032, 7.1, test 1.
  using seed = secret(bytesOfHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));
  const publicKey = bytesOfHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const signature = await (await SigningKeys.load(publicKey, seed)).sign(new Uint8Array());
  const holds = await signatureHolds(publicKey, new Uint8Array(), signature);
  const forged = await signatureHolds(publicKey, text('x'), signature);
  return `${hexOf(signature).slice(0, 32)} ${holds} ${forged}`;
}

async function hpke(): Promise<string> {
  const keys = await RecipientKeys.make();
  using contents = secret(text('known'));
  const envelope = await sealEnvelope('seed', keys.publicKey, contents, 'context');
  using opened = await keys.open('seed', envelope, 'context');
  const other = await keys.open('seed', envelope, 'other').then(
    () => 'opened',
    () => 'refused',
  );
  return `${Buffer.from(opened.expose()).toString()} ${other}`;
}

/** A self-test: its computation and the expected result. */
interface SelfTest {
  readonly run: () => string | Promise<string>;
  readonly expected: string;
}

const TESTS: Readonly<Record<string, SelfTest>> = {
  'sha-256': { run: () => digestsOf('abc'), expected: 'ba7816bf8f01cfea414140de5dae2223' },
  'hmac-sha-1': { run: () => hmacOf('sha1'), expected: 'b617318655057264e28bc0b6fb378c8ef146be00' },
  'hmac-sha-256': {
    run: macsOf,
    expected: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  'hmac-sha-512': { run: () => hmacOf('sha512').slice(0, 32), expected: '87aa7cdea5ef619d4ff0b4241a1d6cb0' },
  kdf: { run: kdf, expected: 'b27dc07b676838552d845c7a31421fadd37585e49b360481b3fccde5e84a5f48' },
  'aes-256-gcm': {
    run: () => hexOf(gcm(new Uint8Array(32), new Uint8Array(12)).encrypt(new Uint8Array(16))),
    expected: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  'aes-cmac': {
    run: () => hexOf(cmac(new Uint8Array(), bytesOfHex('2b7e151628aed2a6abf7158809cf4f3c'))),
    expected: 'bb1d6929e95937287fa37d129b756746',
  },
  ed25519: { run: ed25519, expected: 'e5564300c360ac729086e2cc806e828a true false' },
  hpke: { run: hpke, expected: 'known refused' },
  'slip-39': { run: split, expected: hexOf(RFC_4226_KEY.slice(0, 16)) },
  hotp: { run: hotpOf, expected: '287082' },
  totp: { run: totpOf, expected: '94287082' },
  ocra: { run: ocra, expected: '237653' },
};

export const SELF_TESTS: readonly string[] = Object.keys(TESTS);

export interface SelfTestResult {
  readonly name: string;
  readonly passed: boolean;
}

/** Runs all self-tests. `force` names one that must fail; only the test realm may ask for that. */
export async function runSelfTests(force: string): Promise<SelfTestResult[]> {
  const results: SelfTestResult[] = [];
  for (const [name, { run, expected }] of Object.entries(TESTS)) {
    const got = await Promise.resolve()
      .then(run)
      .catch(() => 'threw');
    // A forced failure is a wrong answer like any other: this tests the comparison itself.
    results.push({ name, passed: (name === force ? `not ${got}` : got) === expected });
  }
  return results;
}
