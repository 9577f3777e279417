import { z } from 'zod';
import type { Device } from '../device/device.ts';
import { breakIt, drain, drop, killSegment, openCase, replaceCell, stick, washIt } from '../device/harm.ts';
import { SEGMENTS } from '../physics/segments.ts';
import { LabRefused } from './lab-refused.ts';

const KINDS = [
  'drop',
  'wash',
  'open',
  'break',
  'drain',
  'stick',
  'release',
  'kill-segment',
  'replace-cell',
  'lose-contact',
] as const;

/** Harm to a token, with the values that its kind needs. */
export interface Harm {
  readonly do: (typeof KINDS)[number];
  readonly height_m?: number | undefined;
  readonly mAh?: number | undefined;
  readonly ms?: number | undefined;
  readonly digit?: number | undefined;
  readonly segment?: (typeof SEGMENTS)[number] | undefined;
}

/** The fields that each kind requires. */
export const NEEDED: { readonly [Kind in Harm['do']]?: readonly (keyof Harm)[] } = {
  drop: ['height_m'],
  drain: ['mAh'],
  'lose-contact': ['ms'],
  'kill-segment': ['digit', 'segment'],
};

/** The schemas of the fields of such a request. */
export const harmFields: { readonly [Field in keyof Harm]-?: z.ZodType<Harm[Field]> } = {
  do: z.enum(KINDS),
  height_m: z.number().min(0).max(100).optional(),
  mAh: z.number().min(0).max(1_000).optional(),
  ms: z.number().int().min(1).max(3_600_000).optional(),
  digit: z.number().int().min(1).max(10).optional(),
  segment: z.enum(SEGMENTS).optional(),
};

export const harmSchema: z.ZodType<Harm> = z.strictObject(harmFields);

/** @throws LabRefused if it is impossible with this token, or a field is missing */
export function harmBy(device: Device, harm: Harm): void {
  switch (harm.do) {
    case 'drop':
      return drop(device, said(harm.height_m, 'height_m'));
    case 'wash':
      return washIt(device);
    case 'open':
      return openCase(device);
    case 'break':
      return breakIt(device, 'hands');
    case 'drain':
      return drain(device, said(harm.mAh, 'mAh'));
    case 'stick':
      return stick(device, true);
    case 'release':
      return stick(device, false);
    case 'lose-contact':
      return device.loseContact(said(harm.ms, 'ms'));
    case 'kill-segment':
      return killSegment(device, placeOn(device, said(harm.digit, 'digit')), said(harm.segment, 'segment'));
    case 'replace-cell':
      if (!replaceCell(device)) throw new LabRefused(`the case of a ${device.profile.name} is closed for ever`);
      return;
  }
}

function placeOn({ profile }: Device, digit: number): number {
  const { digits } = profile.display;
  if (digit > digits) throw new LabRefused(`this glass has ${digits} digits`);
  return digit - 1;
}

function said<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new LabRefused(`${name} is missing`);
  return value;
}
