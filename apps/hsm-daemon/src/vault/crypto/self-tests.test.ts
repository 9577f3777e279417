import { chooseEngine, nobleEngine, type OtpEngine } from '@ramz/otp-core/engine';
import { portableEngine } from '@ramz/otp-fast';
import { derivingEngine } from '@ramz/otp-fast/deriving';
import { afterEach, describe, expect, it } from 'vitest';
import { runSelfTests, SELF_TESTS } from './self-tests.ts';

afterEach(() => chooseEngine(nobleEngine));

async function failedWith(engine: OtpEngine): Promise<string[]> {
  chooseEngine(engine);
  return (await runSelfTests('')).filter(({ passed }) => !passed).map(({ name }) => name);
}

/** Engine faults that would cause wrong verdicts, each planted in a single path. */
function planted(engine: OtpEngine): Readonly<Record<string, Partial<OtpEngine>>> {
  return {
    'a single code of another counter': { truncated: (key, counter) => engine.truncated(key, counter + 1) },
    'a counter without its high word': { truncated: (key, counter) => engine.truncated(key, counter % 2 ** 32) },
    'a range whose later steps are off by one': {
      truncatedRange(key, first, count, out) {
        engine.truncatedRange(key, first, count, out);
        for (let i = 2; i < count; i++) out[i] = engine.truncated(key, first + i + 1);
      },
    },
    'a range whose low word wraps without a carry': {
      truncatedRange(key, first, count, out) {
        for (let i = 0; i < count; i++)
          out[i] = engine.truncated(key, first - (first % 2 ** 32) + ((first + i) % 2 ** 32));
      },
    },
    'every key treated as the first': {
      truncatedOfKeys: (keys, counter, out) =>
        engine.truncatedOfKeys(
          keys.map(() => keys[0] as never),
          counter,
          out,
        ),
    },
    'the last of five keys treated as the first': {
      truncatedOfKeys: (keys, counter, out) =>
        engine.truncatedOfKeys(
          keys.map((key, i) => (i === 4 ? keys[0] : key) as never),
          counter,
          out,
        ),
    },
    'every key derived from the first message': {
      truncatedOfDerived: (master, keys, ...rest) =>
        engine.truncatedOfDerived(master, { ...keys, write: (_, into) => keys.write(0, into) }, ...rest),
    },
    'derived keys whose codes all use one counter': {
      truncatedOfDerived: (master, keys, ...rest) =>
        engine.truncatedOfDerived(master, { ...keys, firstOf: () => keys.firstOf(0) }, ...rest),
    },
    'the last of five derived keys treated as the first': {
      truncatedOfDerived: (master, keys, ...rest) =>
        engine.truncatedOfDerived(master, { ...keys, write: (i, into) => keys.write(i === 4 ? 0 : i, into) }, ...rest),
    },
    'derived keys of the wrong hash': {
      truncatedOfDerived: (master, keys, ...rest) =>
        engine.truncatedOfDerived(master, { ...keys, hash: keys.hash === 'sha512' ? 'sha256' : keys.hash }, ...rest),
    },
    'the digest of the first message for every message': {
      digestEach(count, write, take) {
        let first: Uint8Array | undefined;
        engine.digestEach(count, write, (i, digest) => {
          first ??= digest.slice();
          take(i, first);
        });
      },
    },
    'MACs in the wrong order': {
      macEach: (key, count, write, take) =>
        engine.macEach(key, count, write, (i, digest) => take(count - 1 - i, digest)),
    },
    'a long key truncated to its block': {
      fill: (into, key) => engine.fill(into, key.length > 128 ? key.subarray(0, 64) : key),
    },
    'a MAC that ignores the end of its message': {
      mac: (key, message) => engine.mac(key, message.length > 56 ? message.subarray(0, message.length - 1) : message),
    },
  };
}

const engines = { noble: nobleEngine, fast: derivingEngine, portable: portableEngine };

describe.each(Object.entries(engines))('the self-tests with the engine %s', (_, engine) => {
  it('pass', async () => {
    expect(await failedWith(engine)).toEqual([]);
    expect(SELF_TESTS).toHaveLength(13);
  });

  it.each(Object.entries(planted(engine)))('detect %s', async (name, fault) => {
    expect(await failedWith({ ...engine, ...fault, name })).not.toEqual([]);
  });
});
