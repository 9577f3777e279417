import { randomBytes, scryptSync } from 'node:crypto';
import { gcm } from '@noble/ciphers/aes.js';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../test/harness/reason-of.ts';
import { openWithPassphrase, sealWithPassphrase } from './passphrase-box.ts';
import { charactersIn, preparePassphrase } from './prepare-passphrase.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const secretOf = (text: string) => Secret.own(new TextEncoder().encode(text));
const CONTENTS = 'contents of a key file';
const seal = (passphrase: string) => sealWithPassphrase(secretOf(passphrase), secretOf(CONTENTS), 'test', random);
const open = (passphrase: string, box: Uint8Array) =>
  Buffer.from(openWithPassphrase(secretOf(passphrase), box, 'test').expose()).toString();

/** As boxes were made before passphrases were prepared. */
function sealedBefore(passphrase: string): Uint8Array {
  const [salt, nonce] = [random(16), random(12)];
  const key = scryptSync(Buffer.from(passphrase), salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
  const sealed = gcm(key, nonce, new TextEncoder().encode('test')).encrypt(new TextEncoder().encode(CONTENTS));
  return Uint8Array.from([...salt, ...nonce, ...sealed]);
}

describe('a passphrase', { timeout: 240_000 }, () => {
  it.each([
    ['composed or not', 'gebr\u00fcder m\u00fcller', 'gebru\u0308der mu\u0308ller'],
    ['with a space of another kind', 'correct horse battery', 'correct\u00a0horse\u2003battery'],
    ['with the carriage return of a file', 'correct horse battery', 'correct horse battery\r'],
    ['with the byte order mark of a file', 'correct horse battery', '\ufeffcorrect horse battery'],
    [
      'in Persian, composed or not',
      '\u06af\u0630\u0631\u0622\u0628\u0627\u062f \u06a9\u0644\u06cc\u062f',
      '\u06af\u0630\u0631\u0627\u0653\u0628\u0627\u062f \u06a9\u0644\u06cc\u062f',
    ],
  ])('is one: %s', (_, sealed, typed) => {
    expect(preparePassphrase(secretOf(typed)).expose()).toEqual(preparePassphrase(secretOf(sealed)).expose());
  });

  it('opens a box that was sealed with it in another form', () => {
    expect(open('gebru\u0308der mu\u0308ller\r', seal('gebr\u00fcder m\u00fcller'))).toBe(CONTENTS);
  });

  it.each(['gebru\u0308der mu\u0308ller', 'correct horse battery\r', 'correct horse battery'])(
    'opens a box that was sealed before passphrases were prepared: %j',
    (passphrase) => {
      expect(open(passphrase, sealedBefore(passphrase))).toBe(CONTENTS);
    },
  );

  it('is wrong when it is another one', () => {
    expect(reasonOf(() => open('gebrueder mueller', seal('gebr\u00fcder m\u00fcller')))).toBe('passphrase-wrong');
  });

  it('is counted in characters, and not in bytes', () => {
    expect(charactersIn(secretOf('\u06a9\u0644\u06cc\u062f'))).toBe(4);
    expect(charactersIn(preparePassphrase(secretOf('u\u0308')))).toBe(1);
  });
});
