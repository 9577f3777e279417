import { bytesOfHex, fingerprintOf, sha256Hex, signatureHolds } from '@ramz/custody';
import { z } from 'zod';
import { readStatement } from '../../boundary/read-statement.ts';
import type { Person, Statement } from '../../boundary/statements.ts';
import { personFingerprint } from '../people/person-keys.ts';
import type { MinutesFile } from './minutes-file.ts';

const stepSchema = z.strictObject({
  index: z.int(),
  at: z.string(),
  act: z.string(),
  by: z.string(),
  detail: z.string(),
  statement: z.string().optional(),
  signature: z.string().optional(),
});
type Step = z.infer<typeof stepSchema>;

const bodySchema = z.looseObject({
  type: z.literal('minutes'),
  realm: z.string(),
  bank: z.string(),
  log: z.string(),
  ceremony: z.string(),
  identity: z.string(),
  opened: z.looseObject({
    roster: z.array(z.unknown()).default([]),
    plan: z.looseObject({ kind: z.string(), custodians: z.array(z.string()) }).optional(),
    version: z.string().default(''),
    software: z.string().default(''),
  }),
  steps: z.array(stepSchema),
});
type Body = z.infer<typeof bodySchema>;

const SHARES_MADE_BY: readonly string[] = ['initialise', 'rotate-root-key', 'refresh-shares', 'replace-custodian'];

/** What the vault does by itself; everything else somebody must have signed. */
const VAULT_ACTS: readonly string[] = [
  'opened',
  'shares-made',
  'took-effect',
  'abandoned',
  'refused',
  'zeroised',
  'sealed',
  'unsealed',
];

/** What a check found; `faults` is empty when everything holds. */
export interface CheckedMinutes {
  readonly faults: readonly string[];
  readonly lines: readonly string[];
  readonly value: object;
}

/** Checks minutes with nothing but the file: every signature, every order. `vault` is the known fingerprint. */
export async function checkMinutes(file: MinutesFile, vault: string | undefined): Promise<CheckedMinutes> {
  const body = bodyOf(file.minutes);
  if (body === undefined) return { faults: ['FAULT: this is not a text of minutes'], lines: [], value: {} };
  const people = new Map<string, Person>();
  for (const person of body.opened.roster as Person[]) people.set(person.name, person);
  const faults = [...(await vaultFaults(file, body, vault)), ...orderFaults(body), ...missingSteps(body)];
  for (const step of body.steps) faults.push(...(await stepFaults(step, body, people)));
  const { signers, signature_faults } = await signersOf(file, people);
  faults.push(...signature_faults);
  return {
    faults,
    lines: [
      ...linesOf(body, people),
      ...signersLines(signers, faults.length),
      ...(vault === undefined ? ['NOT COMPARED: the fingerprint of the vault; give it with --vault'] : []),
    ],
    value: { ceremony: body.ceremony, signers, steps: body.steps.length },
  };
}

function bodyOf(text: string): Body | undefined {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function vaultFaults(file: MinutesFile, body: Body, vault: string | undefined): Promise<string[]> {
  const identity = bytesOfHex(file.identity);
  const fingerprint = fingerprintOf(identity);
  const holds = await signatureHolds(identity, textBytes(file.minutes), bytesOfHex(file.signature));
  return [
    ...(holds ? [] : ['FAULT: the signature of the vault does not hold: the minutes were changed']),
    ...(body.identity === file.identity ? [] : ['FAULT: the minutes name another vault than signed them']),
    ...(vault === undefined || vault === fingerprint
      ? []
      : [`FAULT: these are minutes of another vault: ${fingerprint}`]),
  ];
}

/** What a ceremony that took effect can not have gone without. */
function missingSteps({ steps, opened }: Body): string[] {
  const { kind, custodians } = opened.plan ?? { kind: '', custodians: [] };
  if (!steps.some(({ act }) => act === 'took-effect') || !SHARES_MADE_BY.includes(kind)) return [];
  return custodians.flatMap((name) =>
    ['confirm', 'collect', 'prove'].flatMap((act) =>
      steps.some((step) => step.by === name && step.act === act) ? [] : [`FAULT: ${name} never did "${act}"`],
    ),
  );
}

function orderFaults({ steps }: Body): string[] {
  return steps.flatMap((step, i) => {
    const before = steps[i - 1];
    if (before === undefined || before.index < step.index) return [];
    return [`FAULT: step ${step.index} does not follow step ${before.index}`];
  });
}

/** Whoever joins brings their keys along; everybody else must be known. */
async function stepFaults(step: Step, body: Body, people: Map<string, Person>): Promise<string[]> {
  if (step.statement === undefined || step.signature === undefined) {
    return VAULT_ACTS.includes(step.act) ? [] : [`FAULT: step ${step.index} (${step.act}) was signed by nobody`];
  }
  const statement = statementOf(step.statement);
  if (statement === undefined) return [`FAULT: step ${step.index} holds no statement`];
  if (statement.type === 'join' || statement.type === 'open') people.set(statement.by, statement.person);
  const person = people.get(statement.by);
  if (person === undefined) return [`FAULT: step ${step.index} is by ${statement.by}, whom nobody knows`];
  if (statement.type !== step.act || statement.by !== step.by)
    return [`FAULT: step ${step.index} is not what was signed`];
  if (isElsewhere(statement, body)) return [`FAULT: step ${step.index} belongs to another ceremony`];
  const holds = await signatureHolds(
    bytesOfHex(person.signing_key),
    textBytes(step.statement),
    bytesOfHex(step.signature),
  );
  return holds ? [] : [`FAULT: the signature of ${statement.by} at step ${step.index} does not hold`];
}

function isElsewhere(statement: Statement, { ceremony, realm }: Body): boolean {
  return ('ceremony' in statement && statement.ceremony !== ceremony) || statement.realm !== realm;
}

async function signersOf(file: MinutesFile, people: ReadonlyMap<string, Person>) {
  const digest = sha256Hex(Buffer.from(file.minutes));
  const signers: string[] = [];
  const signature_faults: string[] = [];
  for (const { statement: text, signature } of file.signed) {
    const statement = statementOf(text);
    const person = people.get(statement?.by ?? '');
    const right =
      statement?.type === 'sign-minutes' &&
      !signers.includes(statement.by) &&
      statement.minutes === digest &&
      person !== undefined &&
      (await signatureHolds(bytesOfHex(person.signing_key), textBytes(text), bytesOfHex(signature)));
    if (right) signers.push(statement.by);
    else signature_faults.push(`FAULT: a signature under the minutes does not hold (${statement?.by ?? 'nobody'})`);
  }
  return { signers, signature_faults };
}

function linesOf(body: Body, people: ReadonlyMap<string, Person>): string[] {
  const { opened, steps } = body;
  return [
    `Minutes of ceremony ${body.ceremony}`,
    `bank ${body.bank}, ${body.realm} realm, log ${body.log}`,
    `daemon ${opened.version}, software ${opened.software.slice(0, 32)}`,
    `vault ${fingerprintOf(bytesOfHex(body.identity))}`,
    '',
    ...[...people.values()].map((person) => `  ${personFingerprint(person)}  ${person.name}, ${person.role}`),
    '',
    ...steps.map(
      ({ index, at, act, by, detail }) =>
        `  ${String(index).padStart(6)}  ${at}  ${act.padEnd(12)} ${by || 'the vault'}${act === 'opened' ? planOf(detail) : detail && `  ${detail}`}`,
    ),
    '',
  ];
}

function planOf(detail: string): string {
  const { plan } = JSON.parse(detail) as {
    plan?: { kind: string; scheme: string; threshold: number; custodians: string[] };
  };
  return plan === undefined ? '' : `  ${plan.kind}, ${plan.scheme}, ${plan.threshold} of ${plan.custodians.join(', ')}`;
}

function signersLines(signers: readonly string[], faults: number): string[] {
  const who = signers.length === 0 ? 'nobody has signed them yet' : `signed by ${signers.join(', ')}`;
  return [`${who}${faults === 0 ? '; every signature holds' : ''}`];
}

function statementOf(text: string): Statement | undefined {
  try {
    return readStatement(JSON.parse(text) as object);
  } catch {
    return undefined;
  }
}

function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
