// FIPS 180-4, 6.4.2: the SHA-512 compression. A 64-bit word is two 32-bit words, high first,
// because JavaScript has no fast 64-bit integers. Where WebAssembly runs, the kernel does this
// work.
import { type Compression, secretWords } from './compression.ts';

const ROUNDS = 80;

// biome-ignore format: eight constants of 64 bits a line
const K = Uint32Array.of(
  0x428a2f98, 0xd728ae22, 0x71374491, 0x23ef65cd, 0xb5c0fbcf, 0xec4d3b2f, 0xe9b5dba5, 0x8189dbbc,
  0x3956c25b, 0xf348b538, 0x59f111f1, 0xb605d019, 0x923f82a4, 0xaf194f9b, 0xab1c5ed5, 0xda6d8118,
  0xd807aa98, 0xa3030242, 0x12835b01, 0x45706fbe, 0x243185be, 0x4ee4b28c, 0x550c7dc3, 0xd5ffb4e2,
  0x72be5d74, 0xf27b896f, 0x80deb1fe, 0x3b1696b1, 0x9bdc06a7, 0x25c71235, 0xc19bf174, 0xcf692694,
  0xe49b69c1, 0x9ef14ad2, 0xefbe4786, 0x384f25e3, 0x0fc19dc6, 0x8b8cd5b5, 0x240ca1cc, 0x77ac9c65,
  0x2de92c6f, 0x592b0275, 0x4a7484aa, 0x6ea6e483, 0x5cb0a9dc, 0xbd41fbd4, 0x76f988da, 0x831153b5,
  0x983e5152, 0xee66dfab, 0xa831c66d, 0x2db43210, 0xb00327c8, 0x98fb213f, 0xbf597fc7, 0xbeef0ee4,
  0xc6e00bf3, 0x3da88fc2, 0xd5a79147, 0x930aa725, 0x06ca6351, 0xe003826f, 0x14292967, 0x0a0e6e70,
  0x27b70a85, 0x46d22ffc, 0x2e1b2138, 0x5c26c926, 0x4d2c6dfc, 0x5ac42aed, 0x53380d13, 0x9d95b3df,
  0x650a7354, 0x8baf63de, 0x766a0abb, 0x3c77b2a8, 0x81c2c92e, 0x47edaee6, 0x92722c85, 0x1482353b,
  0xa2bfe8a1, 0x4cf10364, 0xa81a664b, 0xbc423001, 0xc24b8b70, 0xd0f89791, 0xc76c51a3, 0x0654be30,
  0xd192e819, 0xd6ef5218, 0xd6990624, 0x5565a910, 0xf40e3585, 0x5771202a, 0x106aa070, 0x32bbd1b8,
  0x19a4c116, 0xb8d2d0c8, 0x1e376c08, 0x5141ab53, 0x2748774c, 0xdf8eeb99, 0x34b0bcb5, 0xe19b48a8,
  0x391c0cb3, 0xc5c95a63, 0x4ed8aa4a, 0xe3418acb, 0x5b9cca4f, 0x7763e373, 0x682e6ff3, 0xd6b2b8a3,
  0x748f82ee, 0x5defb2fc, 0x78a5636f, 0x43172f60, 0x84c87814, 0xa1f0ab72, 0x8cc70208, 0x1a6439ec,
  0x90befffa, 0x23631e28, 0xa4506ceb, 0xde82bde9, 0xbef9a3f7, 0xb2c67915, 0xc67178f2, 0xe372532b,
  0xca273ece, 0xea26619c, 0xd186b8c7, 0x21c0c207, 0xeada7dd6, 0xcde0eb1e, 0xf57d4f7f, 0xee6ed178,
  0x06f067aa, 0x72176fba, 0x0a637dc5, 0xa2c898a6, 0x113f9804, 0xbef90dae, 0x1b710b35, 0x131c471b,
  0x28db77f5, 0x23047d84, 0x32caab7b, 0x40c72493, 0x3c9ebe0a, 0x15c9bebc, 0x431d67c4, 0x9c100d4c,
  0x4cc5d4be, 0xcb3e42b6, 0x597f299c, 0xfc657e2a, 0x5fcb6fab, 0x3ad6faec, 0x6c44198c, 0x4a475817,
);

// The schedule, 80 words, and a to h. Wiped after each compression, because they hold hashed data.
const schedule = secretWords(ROUNDS * 2);
const registers = secretWords(16);
// Low halves of sums are added as numbers: a sum up to 2^35 is exact, and its carry is sum / 2^32.
const CARRY = 1 / 4_294_967_296;

function compress(state: Int32Array, block: Int32Array): void {
  expand(block);
  const v = registers;
  v.set(state);
  for (let t = 0; t < ROUNDS; t++) round(v, t);
  for (let i = 0; i < 16; i += 2) add(state, i, v[i] as number, v[i + 1] as number);
  schedule.fill(0);
  v.fill(0);
}

/** w(t) = sigma1(w(t-2)) + w(t-7) + sigma0(w(t-15)) + w(t-16). */
function expand(block: Int32Array): void {
  schedule.set(block);
  for (let i = 32; i < ROUNDS * 2; i += 2) {
    const h15 = schedule[i - 30] as number;
    const l15 = schedule[i - 29] as number;
    const h2 = schedule[i - 4] as number;
    const l2 = schedule[i - 3] as number;
    const s0h = ((h15 >>> 1) | (l15 << 31)) ^ ((h15 >>> 8) | (l15 << 24)) ^ (h15 >>> 7);
    const s0l = ((l15 >>> 1) | (h15 << 31)) ^ ((l15 >>> 8) | (h15 << 24)) ^ ((l15 >>> 7) | (h15 << 25));
    const s1h = ((h2 >>> 19) | (l2 << 13)) ^ ((l2 >>> 29) | (h2 << 3)) ^ (h2 >>> 6);
    const s1l = ((l2 >>> 19) | (h2 << 13)) ^ ((h2 >>> 29) | (l2 << 3)) ^ ((l2 >>> 6) | (h2 << 26));
    const low = (s0l >>> 0) + (s1l >>> 0) + ((schedule[i - 13] as number) >>> 0) + ((schedule[i - 31] as number) >>> 0);
    schedule[i] = s0h + s1h + (schedule[i - 14] as number) + (schedule[i - 32] as number) + Math.floor(low * CARRY);
    schedule[i + 1] = low;
  }
}

/** Computes one round. The eight words in `v` are a to h; they move down by one each round. */
function round(v: Int32Array, t: number): void {
  const eh = v[8] as number;
  const el = v[9] as number;
  const ah = v[0] as number;
  const al = v[1] as number;
  const sum1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
  const sum1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
  const chh = (v[12] as number) ^ (eh & ((v[10] as number) ^ (v[12] as number)));
  const chl = (v[13] as number) ^ (el & ((v[11] as number) ^ (v[13] as number)));
  const low1 =
    ((v[15] as number) >>> 0) +
    (sum1l >>> 0) +
    (chl >>> 0) +
    (K[t * 2 + 1] as number) +
    ((schedule[t * 2 + 1] as number) >>> 0);
  const t1h =
    (v[14] as number) + sum1h + chh + (K[t * 2] as number) + (schedule[t * 2] as number) + Math.floor(low1 * CARRY);
  const sum0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
  const sum0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
  const majh = (ah & (v[2] as number)) | ((v[4] as number) & (ah | (v[2] as number)));
  const majl = (al & (v[3] as number)) | ((v[5] as number) & (al | (v[3] as number)));
  const low2 = (low1 >>> 0) + (sum0l >>> 0) + (majl >>> 0);
  v.copyWithin(2, 0, 14);
  add(v, 8, t1h | 0, low1 | 0);
  v[0] = (t1h | 0) + sum0h + majh + Math.floor(low2 * CARRY);
  v[1] = low2;
}

/** Adds (high, low) to the word at `i`, modulo 2^64. */
function add(words: Int32Array, i: number, high: number, low: number): void {
  const sum = ((words[i + 1] as number) >>> 0) + (low >>> 0);
  words[i] = (words[i] as number) + high + Math.floor(sum * CARRY);
  words[i + 1] = sum;
}

export const sha512Compression: Compression = {
  blockBytes: 128,
  digestWords: 16,
  // biome-ignore format: two words of 64 bits a line
  initial: Int32Array.of(0x6a09e667, 0xf3bcc908, 0xbb67ae85, 0x84caa73b,
    0x3c6ef372, 0xfe94f82b, 0xa54ff53a, 0x5f1d36f1,
    0x510e527f, 0xade682d1, 0x9b05688c, 0x2b3e6c1f,
    0x1f83d9ab, 0xfb41bd6b, 0x5be0cd19, 0x137e2179),
  compress,
};
