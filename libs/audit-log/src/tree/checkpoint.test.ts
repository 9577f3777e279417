// C2SP signed-note and tlog-checkpoint: the one form, and each form that they forbid.
import { describe, expect, it } from 'vitest';
import { checkpointText, readNote, signedNote } from './checkpoint.ts';

const ROOT = new Uint8Array(32).fill(7);
const ORIGIN = 'ramz.test/log';
const TEXT = checkpointText({ origin: ORIGIN, size: 12, root: ROOT });
const NOTE = signedNote(TEXT, ORIGIN, new Uint8Array(32), new Uint8Array(64).fill(9));
const [, SIGNATURE = ''] = NOTE.split('\n\n');
const BLOB = SIGNATURE.trimEnd().split(' ').at(-1) ?? '';

describe('a signed note', () => {
  it('is read as it was written', () => {
    expect(readNote(NOTE)).toMatchObject({ checkpoint: { origin: ORIGIN, size: 12, root: ROOT }, text: TEXT });
  });

  it('may have extension lines, and signatures of others', () => {
    const note = `${TEXT}extension\n\n${SIGNATURE}\u2014 witness.example ${BLOB}\n`;
    expect(readNote(note)?.signatures.map(({ name }) => name)).toEqual([ORIGIN, 'witness.example']);
    expect(readNote(note)?.text).toBe(`${TEXT}extension\n`);
  });

  it.each([
    ['no signature', `${TEXT}\n`],
    ['no empty line', `${TEXT}${SIGNATURE}`],
    ['two empty lines', `${TEXT}\n\n${SIGNATURE}`],
    ['text behind the first empty line', `${TEXT}\nmore text\n\n${SIGNATURE}`],
    ['a junk line among the signatures', `${TEXT}\n${SIGNATURE}junk\n`],
    ['a junk line before the signatures', `${TEXT}\njunk\n${SIGNATURE}`],
    ['no final line end', NOTE.trimEnd()],
    ['an empty line at the end', `${NOTE}\n`],
    ['line ends of another system', NOTE.replaceAll('\n', '\r\n')],
    ['a control character in its text', NOTE.replace(ORIGIN, `${ORIGIN}\u0007`)],
    ['a control of the upper half', NOTE.replace(ORIGIN, `${ORIGIN}\u0085`)],
    ['half a surrogate pair', NOTE.replace(ORIGIN, `${ORIGIN}\ud800`)],
    ['a hyphen for the dash', NOTE.replace('\u2014', '-')],
    ['two spaces in a signature line', NOTE.replace(`${ORIGIN} ${BLOB}`, `${ORIGIN}  ${BLOB}`)],
    ['a space behind a signature', NOTE.replace(BLOB, `${BLOB} `)],
    ['a plus in a name', NOTE.replace(`\u2014 ${ORIGIN}`, '\u2014 a+b')],
    ['a space of another kind in a name', NOTE.replace(`\u2014 ${ORIGIN}`, '\u2014 a\u00a0b')],
    ['a signature without padding', NOTE.replace(BLOB, BLOB.replace(/=+$/, ''))],
    ['a signature in the alphabet of URLs', NOTE.replace(BLOB, BLOB.replaceAll('J', '_'))],
    ['a signature that is a key id alone', NOTE.replace(BLOB, 'AAAAAA==')],
    ['loose bits in its root', NOTE.replace('BwcHBwcHBwc=', 'BwcHBwcHBwd=')],
    ['a size with a leading zero', NOTE.replace('\n12\n', '\n012\n')],
    ['a size with a sign', NOTE.replace('\n12\n', '\n+12\n')],
    ['a short root', `${ORIGIN}\n12\nAAAA\n\n${SIGNATURE}`],
    ['seventeen signatures', `${TEXT}\n${SIGNATURE.repeat(17)}`],
    ['more than any log signs', `${TEXT}${'x'.repeat(20_000)}\n\n${SIGNATURE}`],
  ])('is not read with %s', (_, note) => {
    expect(note).not.toBe(NOTE);
    expect(readNote(note)).toBeUndefined();
  });
});
