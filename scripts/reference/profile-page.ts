import { profileSchema } from '@ramz/bank-profile';
import { z } from 'zod';
import { code, makePage, type Page, table } from './page.ts';

/** What of JSON Schema the fields of a profile use. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

export function profilePage(): Page {
  const { properties = {} } = z.toJSONSchema(profileSchema, { io: 'input' }) as Schema;
  const { name, purposes, card, clock, budgets, locks, quorum } = properties;
  const [purpose] = Object.values(purposes?.properties ?? {});
  return makePage(
    'profile.md',
    "Fields of a bank's profile",
    "For a bank's engineers: every rule that a profile sets, its limits, and what it means.",
    '`libs/bank-profile/src/profile-schema.ts`',
    [
      'A profile is a YAML file; `maskan` and `sepah` are shipped, and `--profile bank.yaml` uses one of your own. ' +
        '`npx ramz policy check bank.yaml` says whether it can be used, `show` says it in words, and `report` computes ' +
        'how likely a guess is. A changed profile takes effect at the next start of the daemon.',
      table(['field', 'value', 'meaning'], [row('name', name)]),
      '## purposes',
      `By purpose: ${Object.keys(purposes?.properties ?? {})
        .map(code)
        .join(', ')}. At least one; each with these fields.`,
      fields(purpose),
      '## card',
      fields(card),
      '## clock',
      fields(clock),
      '## budgets',
      'A list. Each counts wrong codes of one source.',
      fields(budgets?.items),
      '## locks',
      `The whole section may be left out; then it is ${code(JSON.stringify(locks?.default))}.`,
      fields(locks),
      '## quorum',
      'By operation: whose approval it needs. Every operation is named, except those with a default.',
      table(
        ['operation', 'default'],
        Object.entries(quorum?.properties ?? {}).map(([operation, schema]) => [
          code(operation),
          schema.default === undefined ? 'required' : code(JSON.stringify(schema.default)),
        ]),
      ),
      'Each has the fields `any_of` (a list; the numbers of different people by role that suffice, such as ' +
        '`{ operator: 1, custodian: threshold }`), `window_min` (how long an approval counts, in minutes) and ' +
        '`uses_max` (how often one approved command may run).',
    ],
  );
}

function fields(schema: Schema | undefined): string {
  return table(
    ['field', 'value', 'meaning'],
    Object.entries(schema?.properties ?? {}).map(([name, field]) =>
      row(name, field, schema?.required?.includes(name) ?? true),
    ),
  );
}

function row(name: string, field: Schema | undefined, isRequired = true): readonly string[] {
  if (field?.description === undefined) throw new Error(`the profile's field ${name} has no description`);
  return [code(name), valueText(field), `${field.description}${isRequired ? '' : '; may be left out'}`];
}

function valueText({ enum: values, items, minItems = 0, maxItems, pattern, type, ...limit }: Schema): string {
  if (values !== undefined) return values.map(code).join(', ');
  if (items !== undefined) {
    return `list of ${minItems}${maxItems === undefined ? ' or more' : ` to ${maxItems}`}: ${valueText(items)}`;
  }
  if (pattern !== undefined) return code(pattern);
  if (type === 'string') return `text${limits(limit.minLength ?? 0, limit.maxLength)} characters`;
  return `${type === 'integer' ? 'whole number' : (type ?? '')}${limits(limit.minimum, limit.maximum)}`;
}

/** JavaScript's own greatest integer is no limit of a profile. */
function limits(minimum: number | undefined, maximum: number | undefined): string {
  const top = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum === undefined) return '';
  return top === undefined ? ` from ${minimum}` : ` ${minimum} to ${top}`;
}
