/** 1 when two 32-bit integers are equal, else 0, without a branch. */
export function equalBit(a: number, b: number): number {
  const difference = a ^ b;
  return ((difference | -difference) >>> 31) ^ 1;
}

/** 1 when both have the same length and bytes, else 0. Every byte of `a` is looked at. */
export function equalBytesBit(a: Uint8Array, b: Uint8Array): number {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return equalBit(difference, 0);
}
