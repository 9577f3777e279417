import {
  bytesOfHex,
  fingerprintOf,
  type Person,
  participantsOf,
  readStatement,
  type Statement,
  sha256Hex,
  signatureHolds,
} from '@ramz/custody';
import { type MinutesBody, type MinutesStep, readBody } from './minutes-body.ts';
import type { MinutesFile } from './minutes-file.ts';
import { minutesLines, signersLines } from './minutes-lines.ts';

const SHARES_MADE_BY: readonly string[] = ['initialise', 'rotate-root-key', 'refresh-shares', 'replace-custodian'];

/** Acts of the vault itself; every other one must be signed by a person. */
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

/** The result of a check; `faults` is empty when everything is valid. */
export interface CheckedMinutes {
  readonly faults: readonly string[];
  readonly lines: readonly string[];
  readonly value: object;
  /** Names of the participants: they may sign the minutes. */
  readonly partakers: readonly string[];
  /** Names of the people whose signature is valid. */
  readonly signers: readonly string[];
}

/**
 * Checks minutes from the file alone: every signature, and the order of the steps.
 * @param vault the known fingerprint
 */
export async function checkMinutes(file: MinutesFile, vault: string | undefined): Promise<CheckedMinutes> {
  const body = readBody(file.minutes);
  if (body === undefined)
    return { faults: ['FAULT: the text is not valid minutes'], lines: [], value: {}, signers: [], partakers: [] };
  const people = new Map<string, Person>();
  for (const person of body.opened.roster) people.set(person.name, person);
  const faults = [...(await vaultFaults(file, body, vault)), ...orderFaults(body), ...missingSteps(body)];
  for (const step of body.steps) faults.push(...(await stepFaults(step, body, people)));
  const { signers, signatureFaults } = await signersOf(file, people);
  faults.push(...signatureFaults);
  return {
    faults,
    lines: [
      ...minutesLines(body, people),
      ...signersLines(signers, faults.length),
      ...(vault === undefined ? ['NOT COMPARED: the fingerprint of the vault. Give it with --vault'] : []),
    ],
    value: { ceremony: body.ceremony, signers, steps: body.steps.length },
    signers,
    partakers: participantsOf(body),
  };
}

async function vaultFaults(file: MinutesFile, body: MinutesBody, vault: string | undefined): Promise<string[]> {
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

/** Returns faults for steps that a ceremony that took effect must have and that are missing. */
function missingSteps({ steps, opened }: MinutesBody): string[] {
  const { kind, custodians } = opened.plan ?? { kind: '', custodians: [] };
  if (!steps.some(({ act }) => act === 'took-effect') || !SHARES_MADE_BY.includes(kind)) return [];
  return custodians.flatMap((name) =>
    ['confirm', 'collect', 'prove'].flatMap((act) =>
      steps.some((step) => step.by === name && step.act === act) ? [] : [`FAULT: ${name} never did "${act}"`],
    ),
  );
}

function orderFaults({ steps }: MinutesBody): string[] {
  return steps.flatMap((step, i) => {
    const before = steps[i - 1];
    if (before === undefined || before.index < step.index) return [];
    return [`FAULT: step ${step.index} does not follow step ${before.index}`];
  });
}

/** Checks a step. A person who joins is added to `people`; other signers must be in it. */
async function stepFaults(step: MinutesStep, body: MinutesBody, people: Map<string, Person>): Promise<string[]> {
  if (step.statement === undefined || step.signature === undefined) {
    return VAULT_ACTS.includes(step.act) ? [] : [`FAULT: step ${step.index} (${step.act}) has no signature`];
  }
  const statement = statementOf(step.statement);
  if (statement === undefined) return [`FAULT: step ${step.index} contains no valid statement`];
  if (statement.type === 'join' || statement.type === 'open') people.set(statement.by, statement.person);
  const person = people.get(statement.by);
  if (person === undefined) return [`FAULT: step ${step.index} is by ${statement.by}, whose keys are unknown`];
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

function isElsewhere(statement: Statement, { ceremony, realm }: MinutesBody): boolean {
  return ('ceremony' in statement && statement.ceremony !== ceremony) || statement.realm !== realm;
}

async function signersOf(file: MinutesFile, people: ReadonlyMap<string, Person>) {
  const digest = sha256Hex(Buffer.from(file.minutes));
  const signers: string[] = [];
  const signatureFaults: string[] = [];
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
    else signatureFaults.push(`FAULT: a signature under the minutes does not hold (${statement?.by ?? 'nobody'})`);
  }
  return { signers, signatureFaults };
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
