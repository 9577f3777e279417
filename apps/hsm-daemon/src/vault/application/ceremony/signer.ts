import {
  bytesOfHex,
  CustodyError,
  type Person,
  type PersonRole,
  readStatement,
  type Statement,
  sha256Hex,
  statementBody,
} from '@ramz/custody';
import { ZodError } from 'zod';
import type { ActCommand } from '../../../boundary/commands.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { Fault } from '../batch/fault.ts';

/** What decides whether a statement may count. */
export interface SignerContext {
  readonly realm: string;
  /** Id of this run of the vault. */
  readonly session: string;
  readonly persons: readonly Person[];
  /** Role of the certificate that the statement came with. */
  readonly role: PersonRole;
}

/**
 * Reads the statement of a command, and checks that its envelope is the one it names. The signer is
 * not known yet.
 * @throws Fault
 */
export function readSigned({ statement, attachment }: ActCommand): Statement {
  try {
    const read = readStatement(statementBody(statement));
    const named = 'envelope' in read ? read.envelope : '';
    if ((named === '') !== (attachment.length === 0) || (named !== '' && named !== sha256Hex(attachment))) {
      throw new Fault('malformed', 'the envelope is not the one that the statement names');
    }
    return read;
  } catch (error) {
    if (error instanceof Fault) throw error;
    // Nothing was changed yet, and the signer is unknown: any error here means a malformed
    // statement.
    throw new Fault('malformed', `the statement is malformed: ${whyMalformed(error)}`);
  }
}

/** Returns whether a command asks to seal: the brake, which must work when nothing else does. */
export function isSeal(command: ActCommand): boolean {
  try {
    const statement = readSigned(command);
    return (statement.type === 'propose' || statement.type === 'approve') && statement.command.name === 'seal';
  } catch {
    return false;
  }
}

function whyMalformed(error: unknown): string {
  if (error instanceof CustodyError) return error.message;
  const [issue] = error instanceof ZodError ? error.issues : [];
  return issue === undefined ? 'it cannot be read' : `${issue.path.join('.')} ${issue.message}`;
}

/**
 * Returns the key that a statement must be signed with.
 * @throws StatementRefused when its signer is unknown
 */
export function signerKey(statement: Statement, { realm, session, persons, role }: SignerContext): Uint8Array {
  if (statement.realm !== realm) {
    throw new StatementRefused(`the statement is of the ${statement.realm} realm, this daemon of ${realm}`);
  }
  if ('session' in statement && statement.session !== session) {
    throw new StatementRefused('the statement is of another run of the vault: look again, and sign again');
  }
  const person = personOf(statement, persons);
  // A person who is known presents other keys only in a statement signed with the known one.
  if (person.role !== role) {
    throw new StatementRefused(`${person.name} is ${person.role}, and came with a certificate of role ${role}`);
  }
  return bytesOfHex(person.signing_key);
}

function personOf(statement: Statement, persons: readonly Person[]): Person {
  const person = persons.find(({ name }) => name === statement.by);
  if (statement.type === 'open' || statement.type === 'join') {
    if (statement.person.name !== statement.by) throw new StatementRefused('no one can speak for another person');
    return person ?? statement.person;
  }
  if (person === undefined) throw new StatementRefused(`${statement.by} is not known here`);
  return person;
}
