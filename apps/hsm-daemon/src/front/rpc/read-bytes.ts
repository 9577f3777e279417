import { MalformedRequest } from './malformed-request.ts';

export function readBytes(field: string, bytes: Uint8Array, length_min: number, length_max: number): Uint8Array {
  if (bytes.length >= length_min && bytes.length <= length_max) return Uint8Array.from(bytes);
  const wanted = length_min === length_max ? `${length_min}` : `${length_min} to ${length_max}`;
  throw new MalformedRequest(field, `must be ${wanted} bytes`);
}
