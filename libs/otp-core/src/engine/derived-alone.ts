import {
  DERIVED_KEY_BYTES,
  type DerivedKeys,
  type HashName,
  MESSAGE_BYTES_MAX,
  type Midstates,
  type OtpEngine,
} from './otp-engine.ts';

// Off the garbage-collected heap, where the collector would leave copies of messages behind.
const scratch = new Uint8Array(new ArrayBuffer(MESSAGE_BYTES_MAX));

/** Returns a `truncatedOfDerived` that works key by key, for an engine without lanes for them. */
export function derivedAlone(
  engine: Pick<OtpEngine, 'reserve' | 'fill' | 'wipe' | 'mac' | 'forget' | 'truncated'>,
): OtpEngine['truncatedOfDerived'] {
  // One for all keys of a hash: a new one for each key would cost more than deriving the key.
  const places: Partial<Record<HashName, Midstates>> = {};
  return (master, { hash, write, firstOf }: DerivedKeys, from, count, steps, out) => {
    const place = (places[hash] ??= engine.reserve(hash));
    try {
      for (let i = 0; i < count; i++) {
        const mac = engine.mac(master, scratch.subarray(0, write(from + i, scratch)));
        engine.fill(place, mac.subarray(0, DERIVED_KEY_BYTES[hash]));
        engine.forget(master.hash);
        const first = firstOf(from + i);
        for (let step = 0; step < steps; step++) out[i * steps + step] = engine.truncated(place, first + step);
      }
    } finally {
      scratch.fill(0);
      engine.wipe(place);
      engine.forget(master.hash);
    }
  };
}
