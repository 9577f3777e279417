// How a bank activates codes (M-22 to M-30, S-23, D-4), as its profile says.
import { NAME_CHARS_MAX } from '@ramz/custody';
import { z } from 'zod';

/** The activation block of a profile's file. */
export interface ActivationFields {
  readonly codes: 'pair' | 'one';
  readonly code_life_h: number;
  readonly text_life_min: number;
  readonly text_repeats_max: number;
  readonly tries_max: number;
  readonly requests_a_day_max: number;
  readonly text_zones: readonly string[];
  readonly text: string;
}

/** One short message in UCS-2 (3GPP TS 23.038), as Persian needs: the code is never in two. */
const TEXT_CHARS_MAX = 70;
/** Room for what stands in place of `{code}` and `{minutes}`. */
const FILLED_CHARS = 8;

export const activationSchema: z.ZodType<ActivationFields | undefined> = z
  .strictObject({
    codes: z
      .enum(['pair', 'one'], 'must be pair or one')
      .describe('what activates: a code on the receipt and one in a text (M-28), or one code from a branch (S-23)'),
    code_life_h: z
      .int('must be whole hours')
      .min(1, 'must be 1 to 168')
      .max(168, 'must be 1 to 168')
      .describe('life of the printed code: on the receipt, or from the branch (D-4)'),
    text_life_min: z
      .int('must be whole minutes')
      .min(1, 'must be 1 to 60')
      .max(60, 'must be 1 to 60')
      .default(15)
      .describe('life of the code in the text (D-4)'),
    text_repeats_max: z
      .int('must be a whole number')
      .min(0, 'must be 0 to 10')
      .max(10, 'must be 0 to 10')
      .default(3)
      .describe('how often the text of one activation is sent again (D-4)'),
    tries_max: z
      .int('must be a whole number')
      .min(1, 'must be 1 to 10')
      .max(10, 'must be 1 to 10')
      .describe('wrong tries that end one activation (D-4)'),
    requests_a_day_max: z
      .int('must be a whole number')
      .min(1, 'must be 1 to 20')
      .max(20, 'must be 1 to 20')
      .default(5)
      .describe('activations, and also wrong numbers, of one card or customer in 24 hours'),
    text_zones: z
      .array(z.string().min(1).max(NAME_CHARS_MAX))
      .max(8, 'must be at most 8 zones')
      .default(['texts'])
      .describe(
        'zones of text gateways: a text is sealed to their recipients only, and no receipt code ever is (D-26)',
      ),
    text: z
      .string()
      .max(TEXT_CHARS_MAX - FILLED_CHARS, `must be at most ${TEXT_CHARS_MAX - FILLED_CHARS} characters`)
      .refine((text) => text.includes('{code}'), 'must contain {code}')
      .refine((text) => !/\p{Cc}/u.test(text), 'must be one line')
      .default('کد فعال‌سازی رمز: {code} ({minutes} دقیقه)')
      .describe('the text with the code; {code} and {minutes} are filled in'),
  })
  .optional();
