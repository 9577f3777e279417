// Codes of keys that are derived for one check: HMAC-SHA-256 of a message under a master key (NIST
// SP 800-108r1, 4.1, one block) is an HMAC key, whose codes at some time steps are compared with a
// code (RFC 4226, 7.2).
import { assertCode, type Code, powerOfTen } from './code.ts';
import { checked } from './each-message.ts';
import { DERIVED_KEY_BYTES, type DerivedKeys, type HashName } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { assertHash, type HmacKey, midstatesOf } from './hmac-key.ts';
import { assertWindow, matchBit, WINDOW_STEPS_MAX } from './window.ts';

/** Keys that are compared together. Their results are wiped before the next keys are derived. */
const KEYS_TOGETHER = 64;
const results = new Int32Array(new ArrayBuffer(KEYS_TOGETHER * WINDOW_STEPS_MAX * 4));

/** Codes to check, the key of each, and the first time step of each. */
export interface DerivedCodes extends DerivedKeys {
  readonly count: number;
  readonly codeOf: (i: number) => Code;
}

/**
 * Returns the length of a derived key for this hash, in bytes.
 * @throws OtpError `hash-unknown`
 */
export function derivedKeyBytes(hash: HashName): number {
  assertHash(hash);
  return DERIVED_KEY_BYTES[hash];
}

/**
 * Sets bit k of `matches[i]` when code `i` is the code of key `i` at its first step plus k.
 * Computes and compares every step of every key, even after a match. Keeps no derived key.
 * @param steps the number of steps for each key, 1 to 31
 * @param matches has room for all codes
 * @throws OtpError `key-wiped`; `hash-unknown` unless the master key's hash is SHA-256;
 * `window-range`, `counter-range`, `message-length`, `code-format`, `digits-range`
 */
export function matchDerived(master: HmacKey, codes: DerivedCodes, steps: number, matches: Int32Array): void {
  if (master.hash !== 'sha256') throw new OtpError('hash-unknown', 'the master key must be an HMAC-SHA-256 key');
  assertHash(codes.hash);
  const keys = { hash: codes.hash, write: checked(codes.write), firstOf: checkedFirst(codes.firstOf, steps) };
  try {
    for (let from = 0; from < codes.count; from += KEYS_TOGETHER) {
      const some = Math.min(KEYS_TOGETHER, codes.count - from);
      master.engine.truncatedOfDerived(midstatesOf(master), keys, from, some, steps, results);
      for (let i = 0; i < some; i++) matches[from + i] = takeMatches(codes.codeOf(from + i), i, steps);
    }
  } finally {
    results.fill(0);
  }
}

function takeMatches(code: Code, i: number, steps: number): number {
  assertCode(code);
  const power = powerOfTen(code.digits);
  let matches = 0;
  for (let step = 0, at = i * steps; step < steps; step++, at++) {
    matches |= matchBit(results[at] as number, power, code.value) << step;
  }
  return matches;
}

function checkedFirst(firstOf: DerivedKeys['firstOf'], steps: number): DerivedKeys['firstOf'] {
  return (i) => {
    const first = firstOf(i);
    assertWindow(first, steps);
    return first;
  };
}
