import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Secret } from '@ramz/otp-core';
import fc from 'fast-check';
import Slip39Peer from 'slip39';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../../test/harness/reason-of.ts';
import {
  combineMaster,
  type Slip39Share,
  shareOfWords,
  splitMaster,
  textOfWords,
  wordsOfShare,
  wordsOfText,
} from '../../index.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const secretText = (text: string) => Secret.copy(new TextEncoder().encode(text));
const shareOf = (mnemonic: string) => shareOfWords(wordsOfText(secretText(mnemonic)));
const mnemonicOf = (share: Slip39Share) => new TextDecoder().decode(textOfWords(wordsOfShare(share)).expose());
const hex = (secret: Secret) => Buffer.from(secret.expose()).toString('hex');

const VECTORS = new URL('../../../../../../shared/vectors/slip39/vectors.json', import.meta.url);
/** The expected reason for each invalid vector of the standard, by number of the vector. */
const REASONS: Readonly<Record<number, string>> = {
  2: 'checksum-wrong',
  3: 'padding-wrong',
  5: 'shares-too-few',
  6: 'identifiers-differ',
  7: 'iteration-exponents-differ',
  8: 'group-thresholds-differ',
  9: 'group-counts-differ',
  10: 'group-threshold-range',
  11: 'share-repeated',
  12: 'member-thresholds-differ',
  13: 'secret-digest-wrong',
  14: 'groups-too-few',
  15: 'groups-too-few',
  16: 'members-too-few',
  21: 'checksum-wrong',
  22: 'padding-wrong',
  24: 'shares-too-few',
  25: 'identifiers-differ',
  26: 'iteration-exponents-differ',
  27: 'group-thresholds-differ',
  28: 'group-counts-differ',
  29: 'group-threshold-range',
  30: 'share-repeated',
  31: 'member-thresholds-differ',
  32: 'secret-digest-wrong',
  33: 'groups-too-few',
  34: 'groups-too-few',
  35: 'members-too-few',
  39: 'mnemonic-length',
  40: 'secret-length',
};

describe.runIf(existsSync(VECTORS))('the vectors of SLIP-39', () => {
  // This line runs while tests are collected, even if these tests are skipped later.
  const vectors = (existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) : []) as [
    string,
    string[],
    string,
  ][];
  it('are 45, 30 of them invalid', () => {
    expect(vectors.map(([, , secret]) => secret === '').filter(Boolean)).toHaveLength(Object.keys(REASONS).length);
    expect(vectors).toHaveLength(45);
  });
  it.each(vectors.map(([name, mnemonics, secret], i) => ({ number: i + 1, name, mnemonics, secret })))(
    '$name',
    ({ number, mnemonics, secret }) => {
      const combine = () => combineMaster(mnemonics.map(shareOf), 'TREZOR');
      if (secret === '') expect(reasonOf(combine)).toBe(REASONS[number]);
      else expect(hex(combine())).toBe(secret);
    },
  );
});

describe('SLIP-39', () => {
  const plan = (groups: { threshold: number; count: number }[], groupThreshold: number, passphrase = '') => ({
    identifier: 0x1234,
    extendable: false,
    iterationExponent: 0,
    passphrase,
    groups,
    groupThreshold,
  });

  it.each([16, 32])('%i bytes: the npm package combines our shares, and we combine its shares', (bytes) => {
    const secret = random(bytes);
    const ours = splitMaster(
      Secret.copy(secret),
      plan(
        [
          { threshold: 2, count: 3 },
          { threshold: 3, count: 5 },
        ],
        2,
        'pass word',
      ),
      random,
    );
    const words = [...(ours[0] ?? []).slice(1), ...(ours[1] ?? []).slice(0, 3)].map(mnemonicOf);
    expect(Buffer.from(Slip39Peer.recoverSecret(words, 'pass word'))).toEqual(Buffer.from(secret));
    const theirs = Slip39Peer.fromArray([...secret], {
      passphrase: 'pass word',
      threshold: 2,
      groups: [
        [2, 3, 'a'],
        [3, 5, 'b'],
      ],
      extendableBackupFlag: 1,
    });
    const given = ['r/0/0', 'r/0/2', 'r/1/1', 'r/1/3', 'r/1/4'].flatMap((path) => theirs.fromPath(path).mnemonics);
    expect(hex(combineMaster(given.map(shareOf), 'pass word'))).toBe(Buffer.from(secret).toString('hex'));
  });

  it('lets any one of several groups restore the secret, with a group threshold of 1', () => {
    const secret = random(32);
    const groups = [
      { threshold: 2, count: 3 },
      { threshold: 3, count: 5 },
    ];
    const ours = splitMaster(Secret.copy(secret), plan(groups, 1, 'pass word'), random);
    const expected = Buffer.from(secret);
    for (const members of [ours[0]?.slice(1), ours[1]?.slice(0, 3)]) {
      expect(hex(combineMaster(members ?? [], 'pass word'))).toBe(expected.toString('hex'));
      expect(Buffer.from(Slip39Peer.recoverSecret(members?.map(mnemonicOf) ?? [], 'pass word'))).toEqual(expected);
    }
  });

  it('splits secrets of up to 64 bytes, which it reads back, and no longer ones', () => {
    const secret = random(64);
    const [shares = []] = splitMaster(Secret.copy(secret), plan([{ threshold: 2, count: 2 }], 1), random);
    const read = shares.map((share) => shareOfWords(wordsOfShare(share)));
    expect(hex(combineMaster(read, ''))).toBe(Buffer.from(secret).toString('hex'));
    const tooLong = () => splitMaster(Secret.own(random(66)), plan([{ threshold: 2, count: 2 }], 1), random);
    expect(reasonOf(tooLong)).toBe('secret-length');
  });

  it('returns another secret for a wrong passphrase, as the standard says', () => {
    const secret = random(32);
    const [shares = []] = splitMaster(Secret.copy(secret), plan([{ threshold: 2, count: 2 }], 1, 'right'), random);
    expect(hex(combineMaster(shares, 'wrong'))).not.toBe(Buffer.from(secret).toString('hex'));
    expect(hex(combineMaster(shares, 'right'))).toBe(Buffer.from(secret).toString('hex'));
  });

  it('detects any changed word, from that share alone', () => {
    const [[share] = []] = splitMaster(Secret.own(random(32)), plan([{ threshold: 2, count: 3 }], 1), random);
    const words = wordsOfShare(share as Slip39Share);
    expect(words).toHaveLength(33);
    fc.assert(
      fc.property(fc.nat(32), fc.integer({ min: 1, max: 1023 }), (at, change) => {
        const changed = Uint16Array.from(words);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(reasonOf(() => shareOfWords(changed))).toBe('checksum-wrong');
      }),
    );
  });

  it('reads words by four letters, in any case and spacing, and reports the place of an unknown word', () => {
    const text = 'ACAD   acid\nacne';
    expect([...wordsOfText(secretText(text))]).toEqual([0, 1, 2]);
    expect(() => wordsOfText(secretText('acid acidx'))).toThrow('word 2');
    expect(reasonOf(() => wordsOfText(secretText('acid zz')))).toBe('word-unknown');
    expect(reasonOf(() => wordsOfText(secretText('acid '.repeat(90))))).toBe('mnemonic-length');
  });

  it.each([
    [[{ threshold: 1, count: 2 }], 1],
    [[{ threshold: 4, count: 3 }], 1],
    [[{ threshold: 2, count: 17 }], 1],
    [[{ threshold: 2, count: 3 }], 2],
    [[{ threshold: 2.5, count: 3 }], 1],
    [[{ threshold: 2, count: 3 }], 0],
    [[{ threshold: 2, count: 3 }], 0.5],
    [Array.from({ length: 17 }, () => ({ threshold: 2, count: 3 })), 1],
  ])('rejects the plan %j with group threshold %i', (groups, groupThreshold) => {
    expect(reasonOf(() => splitMaster(Secret.own(random(32)), plan(groups, groupThreshold), random))).toBe(
      'threshold-range',
    );
  });

  it('reveals nothing in one share: its bits are evenly spread for a secret of zeros', () => {
    const ones = new Float64Array(256);
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const [[share] = []] = splitMaster(Secret.own(new Uint8Array(32)), plan([{ threshold: 2, count: 2 }], 1), random);
      share?.value.expose().forEach((byte, i) => {
        for (let bit = 0; bit < 8; bit++) ones[i * 8 + bit] = (ones[i * 8 + bit] ?? 0) + ((byte >> bit) & 1);
      });
    }
    // 5.5 standard deviations of 400 coin tosses.
    expect(Math.max(...ones.map((count) => Math.abs(count / rounds - 0.5)))).toBeLessThan(0.138);
  });
});
