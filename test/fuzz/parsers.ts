import {
  decodeBase32,
  hotpDigits,
  OtpError,
  parseCode,
  parseOcraSuite,
  parseOtpAuth,
} from '../../libs/otp-core/dist/index.js';

/** A parser under fuzzing, with its seed inputs, and words that reach further than noise. */
export interface Fuzzed {
  readonly name: string;
  readonly parse: (text: string) => unknown;
  readonly seeds: readonly string[];
  readonly words: readonly string[];
}

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export const PARSERS: readonly Fuzzed[] = [
  {
    name: 'code',
    parse: (text) => parseCode(text, hotpDigits(6)),
    seeds: ['123456', '0000', '9999999999'],
    words: ['0', '9', '-', '.', 'e', '\0', '۱', '１', ' '],
  },
  {
    name: 'suite',
    parse: parseOcraSuite,
    seeds: ['OCRA-1:HOTP-SHA1-6:QN08', 'OCRA-1:HOTP-SHA512-8:C-QA10-PSHA1-S064-T1M'],
    words: [
      'OCRA-1',
      'HOTP',
      'SHA256',
      ':',
      '-',
      'C',
      'QH64',
      'PSHA512',
      'S512',
      'T48H',
      '0',
      '__proto__',
      'constructor',
    ],
  },
  {
    name: 'uri',
    parse: parseOtpAuth,
    seeds: [
      `otpauth://totp/A:b?secret=${SECRET}&issuer=A&period=30`,
      `otpauth://hotp/x?secret=${SECRET}&counter=1&digits=8&algorithm=SHA256`,
    ],
    words: [
      'otpauth://',
      'totp/',
      'hotp/',
      '?',
      '&',
      '=',
      ':',
      '%',
      '%00',
      '%zz',
      '%F0%9F',
      'secret',
      'issuer',
      'digits',
      'counter',
      'period',
      '#',
      '__proto__',
      '\ud800',
    ],
  },
  {
    name: 'base32',
    parse: decodeBase32,
    seeds: [SECRET, 'MZXW6===', ''],
    words: ['A', 'Z', '2', '7', '=', '1', 'a', '\0', 'é', '========'],
  },
];

/** An input that takes longer counts as a hang: every parser is linear in a bounded length. */
const INPUT_MS_MAX = 100;

/** Returns what is wrong with a parser's handling of an input, or undefined. */
export function faultOf({ parse }: Fuzzed, input: string): string | undefined {
  const startedMs = performance.now();
  try {
    parse(input);
  } catch (error) {
    if (!(error instanceof OtpError)) return `threw ${String(error)}`;
    // A short input may be part of a fixed message by chance.
    if (input.length > 12 && error.message.includes(input)) return 'repeated its input in the message';
  }
  return performance.now() - startedMs > INPUT_MS_MAX ? hangOf(parse, input) : undefined;
}

/** Returns a fault only if the input is slow every time, since a busy machine is not a hang. */
function hangOf(parse: Fuzzed['parse'], input: string): string | undefined {
  const timesMs = [1, 2, 3].map(() => {
    const startedMs = performance.now();
    try {
      parse(input);
    } catch {
      // The error was checked before.
    }
    return performance.now() - startedMs;
  });
  const fastestMs = Math.min(...timesMs);
  return fastestMs > INPUT_MS_MAX ? `took ${fastestMs.toFixed(0)} ms` : undefined;
}

/** Changes an input in one to six small ways. */
export function mutate(input: string, { words }: Fuzzed, random: () => number): string {
  const below = (n: number) => Math.floor(random() * n);
  let text = input;
  for (let n = 1 + below(6); n > 0; n--) {
    const at = below(text.length + 1);
    const to = Math.min(text.length, at + below(8));
    const word = words[below(words.length)] ?? '';
    const kinds = [
      () => text.slice(0, at) + word + text.slice(at),
      () => text.slice(0, at) + text.slice(to),
      () => text.slice(0, at) + word + text.slice(to),
      () => text.slice(0, at) + String.fromCharCode(below(2) ? below(128) : below(65_536)) + text.slice(at + 1),
      () => text.slice(0, to) + text.slice(at),
      () => (text.length < 5_000 ? text + text.slice(at, to).repeat(below(40)) : text),
    ];
    text = kinds[below(kinds.length)]?.() ?? text;
  }
  return text;
}
