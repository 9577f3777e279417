import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CeremonyWire } from '../people/vault-line.ts';

const hex = z.string().regex(/^[0-9a-f]*$/);
const fileSchema = z.strictObject({
  ramz: z.literal('minutes/v1'),
  minutes: z.string(),
  signature: hex,
  identity: hex,
  signed: z.array(z.strictObject({ statement: z.string(), signature: hex })),
});
export interface MinutesFile {
  readonly ramz: 'minutes/v1';
  /** Canonical JSON: exactly these characters are signed. */
  readonly minutes: string;
  readonly signature: string;
  readonly identity: string;
  readonly signed: readonly { readonly statement: string; readonly signature: string }[];
}

/**
 * Fetches the minutes of an ended ceremony.
 * @throws CallRefused
 */
export async function fetchMinutes(wire: Pick<CeremonyWire, 'minutes'>, ceremony: string): Promise<MinutesFile> {
  const { minutes, signature, identity, signed } = await wire.minutes(ceremony);
  return {
    ramz: 'minutes/v1',
    minutes: minutes.toString(),
    signature: signature.toString('hex'),
    identity: identity.toString('hex'),
    signed: signed.map((one) => ({ statement: one.statement.toString(), signature: one.signature.toString('hex') })),
  };
}

export function minutesText(file: MinutesFile): string {
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** @throws Error for a file that does not contain minutes */
export function readMinutes(path: string): MinutesFile {
  const parsed = fileSchema.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} does not contain minutes: give a file from \`ramz ceremony minutes\`, unchanged`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
