import { MalformedRequest } from '../errors/front-errors.ts';

export function readBytes(field: string, bytes: Uint8Array, lengthMin: number, lengthMax: number): Uint8Array {
  if (bytes.length >= lengthMin && bytes.length <= lengthMax) return Uint8Array.from(bytes);
  const wanted = lengthMin === lengthMax ? `${lengthMin}` : `${lengthMin} to ${lengthMax}`;
  throw new MalformedRequest(field, `must be ${wanted} bytes`);
}
