// RFC 2104 on @noble/hashes, whose code was audited. A key is a noble HMAC object that has already
// hashed the key's two padded blocks. Each MAC starts from a copy of its state, never from the key.
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { derivedAlone } from './derived-alone.ts';
import { eachAlone } from './each-alone.ts';
import { type HashName, MAC_BYTES, type Midstates, type OtpEngine } from './otp-engine.ts';
import { dynamicTruncate } from './truncate.ts';

type KeyedHmac = ReturnType<typeof hmac.create>;

interface NobleMidstates extends Midstates {
  keyed: KeyedHmac | undefined;
}

const HASHES = { sha1, sha256, sha512 } as const;
const COUNTER = new DataView(new ArrayBuffer(8));
const COUNTER_BYTES = new Uint8Array(COUNTER.buffer);
const TWO_POW_32 = 2 ** 32;

// One set for all keys, made when a hash is first used: each MAC is read before the next is made.
const WORK: Partial<Record<HashName, Work>> = {};

interface Work {
  /** The target of a copy of a key's state. noble wipes it after it returns a digest. */
  readonly keyed: KeyedHmac;
  readonly out: Uint8Array;
}

function workOf(hash: HashName): Work {
  const work = WORK[hash] ?? {
    keyed: hmac.create(HASHES[hash], new Uint8Array()),
    out: new Uint8Array(new ArrayBuffer(MAC_BYTES[hash])),
  };
  WORK[hash] = work;
  return work;
}

function macOf({ hash, keyed }: NobleMidstates, message: Uint8Array): Uint8Array {
  if (keyed === undefined) throw new Error('the midstates hold no key: fill them before use');
  const work = workOf(hash);
  keyed._cloneInto(work.keyed).update(message).digestInto(work.out);
  return work.out;
}

function truncatedAt(midstates: NobleMidstates, counter: number): number {
  COUNTER.setUint32(0, Math.floor(counter / TWO_POW_32));
  COUNTER.setUint32(4, counter >>> 0);
  const mac = macOf(midstates, COUNTER_BYTES);
  const truncated = dynamicTruncate(mac);
  mac.fill(0);
  return truncated;
}

function forget(hash: HashName): void {
  WORK[hash]?.out.fill(0);
}

const keysOfNoble = {
  reserve: (hash: HashName): NobleMidstates => ({ hash, keyed: undefined }),
  fill(midstates: NobleMidstates, key: Uint8Array) {
    midstates.keyed?.destroy();
    midstates.keyed = hmac.create(HASHES[midstates.hash], key);
  },
  wipe(midstates: NobleMidstates) {
    midstates.keyed?.destroy();
    midstates.keyed = undefined;
  },
  mac: macOf,
  forget,
  truncated: truncatedAt,
};

/**
 * The default engine. Needs nothing but the language, not even WebAssembly. noble keeps a state in
 * ordinary numbers, so the garbage collector may leave copies that no wipe reaches.
 */
export const nobleEngine: OtpEngine = {
  name: 'noble',
  ...keysOfNoble,
  truncatedRange(midstates: NobleMidstates, first, count, out) {
    for (let i = 0; i < count; i++) out[i] = truncatedAt(midstates, first + i);
  },
  truncatedOfKeys(keys: readonly NobleMidstates[], counter, out) {
    keys.forEach((key, i) => {
      out[i] = truncatedAt(key, counter);
    });
  },
  truncatedOfDerived: derivedAlone(keysOfNoble),
  macEach(midstates: NobleMidstates, count, write, take) {
    try {
      eachAlone(count, write, take, (message) => macOf(midstates, message));
    } finally {
      forget('sha256');
    }
  },
  digestEach(count, write, take) {
    eachAlone(count, write, take, sha256);
  },
  digest: (message) => sha256(message),
};
