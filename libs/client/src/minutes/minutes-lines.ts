import { bytesOfHex, fingerprintOf, type Person } from '@ramz/custody';
import { personFingerprint } from '../people/person-keys.ts';
import type { MinutesBody, MinutesStep } from './minutes-body.ts';

/** Returns minutes for reading: the plan, the participants with their keys, the timed steps. */
export function minutesLines(
  { ceremony, bank, realm, log, identity, opened, steps }: MinutesBody,
  people: ReadonlyMap<string, Person>,
): string[] {
  return [
    `Minutes of ceremony ${ceremony}`,
    `bank ${bank}, ${realm} realm, log ${log}`,
    `daemon ${opened.version}, software ${opened.software.slice(0, 32)}`,
    `vault ${fingerprintOf(bytesOfHex(identity))}`,
    '',
    ...[...people.values()].map((person) => `  ${personFingerprint(person)}  ${person.name}, ${person.role}`),
    '',
    ...steps.map(stepLine),
    '',
  ];
}

export function signersLines(signers: readonly string[], faults: number): string[] {
  const who = signers.length === 0 ? 'no one has signed them yet' : `signed by ${signers.join(', ')}`;
  return [`${who}${faults === 0 && signers.length > 0 ? '; every signature holds' : ''}`];
}

function stepLine({ index, at, act, by, detail, statement }: MinutesStep): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
  const what = act === 'opened' ? planText(detail) : act === 'abort' ? reasonText(statement) : detailText(detail);
  return `  ${String(index).padStart(5)}  ${when}  ${act.padEnd(12)} ${by || 'the vault'}${what && `: ${what}`}`;
}

function planText(detail: string): string {
  const { plan } = JSON.parse(detail) as {
    plan?: { kind: string; scheme: string; threshold: number; custodians: string[] };
  };
  return plan === undefined ? '' : `${plan.kind}, ${plan.scheme}, ${plan.threshold} of ${plan.custodians.join(', ')}`;
}

function reasonText(statement = '{}'): string {
  const { reason } = JSON.parse(statement) as { reason?: unknown };
  return typeof reason === 'string' ? reason : '';
}

/** Formats a detail: a sentence, or an object of plain values. */
function detailText(detail: string): string {
  if (!detail.startsWith('{')) return detail;
  const values = Object.entries(JSON.parse(detail) as Readonly<Record<string, unknown>>);
  return values.map(([name, value]) => `${name.replaceAll('_', ' ')} ${valueText(name, value)}`).join('; ');
}

function valueText(name: string, value: unknown): string {
  if (name === 'audit_key') return fingerprintOf(bytesOfHex(String(value)));
  return Array.isArray(value) ? value.join(', ') : String(value);
}
