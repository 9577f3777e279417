// RFC 8785 (JCS): a statement is signed in the only canonical form of its JSON.
import canonicalize from 'canonicalize';
import { CustodyError } from './errors.ts';
import { sameBytes } from './same-bytes.ts';
import { type SigningKeys, signatureHolds } from './signing-keys.ts';

/** More than the longest statement: new rules for all operations. For received ones only. */
export const STATEMENT_BYTES_MAX = 16_384;

/** A statement in canonical JSON, and the signature over exactly those bytes. */
export interface SignedStatement {
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
}

/** Returns the canonical bytes of strings, whole numbers, booleans, arrays and objects. */
export function canonicalBytes(body: object): Uint8Array {
  const text = canonicalText(body);
  if (text === undefined) throw new CustodyError('statement-malformed', 'the statement has no canonical form');
  return new TextEncoder().encode(text);
}

/** Returns undefined for infinities and lone surrogates, for which the library throws. */
function canonicalText(body: object): string | undefined {
  try {
    return canonicalize(body);
  } catch {
    return undefined;
  }
}

export async function signStatement(keys: SigningKeys, body: object): Promise<SignedStatement> {
  const statement = canonicalBytes(body);
  return { statement, signature: await keys.sign(statement) };
}

/**
 * Returns the body of a statement. Does not check who signed it: `assertSigned` does.
 * @throws CustodyError `statement-malformed` for bytes that are not canonical JSON of an object
 */
export function statementBody(statement: Uint8Array): object {
  if (statement.length > STATEMENT_BYTES_MAX) {
    throw new CustodyError('statement-malformed', `a statement has at most ${STATEMENT_BYTES_MAX} bytes`);
  }
  const body = parsed(statement);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const again = isObject ? canonicalBytes(body) : new Uint8Array();
  // Two forms of one statement would have two signatures: only the canonical one is accepted.
  if (!sameBytes(again, statement)) {
    throw new CustodyError('statement-malformed', 'the statement is not in its canonical form');
  }
  return body as object;
}

/** @throws CustodyError `signature-wrong` */
export async function assertSigned(signed: SignedStatement, signingKey: Uint8Array, who: string): Promise<void> {
  if (await signatureHolds(signingKey, signed.statement, signed.signature)) return;
  throw new CustodyError('signature-wrong', `the signature is not that of ${who}`);
}

function parsed(statement: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(statement));
  } catch {
    throw new CustodyError('statement-malformed', 'the statement is not JSON');
  }
}
