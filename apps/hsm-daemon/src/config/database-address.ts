import { resolve } from 'node:path';
import { ConfigError } from '@ramz/bank-profile';

/** The address of a PostgreSQL server, without the password: the process list shows this. */
export interface DatabaseAddress {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Authority that must have signed the server's certificate; undefined for plain text. */
  readonly tls: { readonly caPath: string } | undefined;
}

const PORT = 5432;

/**
 * Parses `postgres://user@host:port/database?sslrootcert=file`.
 * @throws ConfigError
 */
export function readDatabaseAddress(text: string, realm: 'test' | 'live'): DatabaseAddress {
  const url = parseUrl(text);
  assertKnown(url);
  if (url.password !== '') {
    throw new ConfigError(
      '--database holds a password, which everybody on the machine could read: put it in --database-password',
    );
  }
  const host = hostOf(url);
  return Object.freeze({
    host,
    port: url.port === '' ? PORT : Number(url.port),
    user: decoded(url.username) || 'ramz',
    database: decoded(url.pathname.slice(1)) || 'ramz',
    tls: tlsOf(url, host, realm),
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigError('--database: a percent sign in it is not followed by two hexadecimal digits');
  }
}

function hostOf({ hostname, searchParams }: URL): string {
  return searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1');
}

/** In the live realm nothing crosses a network in plain text. */
function tlsOf({ searchParams }: URL, host: string, realm: 'test' | 'live'): DatabaseAddress['tls'] {
  const ca = searchParams.get('sslrootcert');
  if (ca !== null) return { caPath: resolve(ca) };
  const isNear = host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host);
  if (realm === 'test' || isNear) return undefined;
  throw new ConfigError(`--database ${host} is another machine: give sslrootcert=<its authority's certificate>`);
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !['postgres:', 'postgresql:'].includes(url.protocol) ||
    (url.hostname === '' && !url.searchParams.has('host'))
  ) {
    throw new ConfigError(
      '--database must be postgres://user@host:port/database, one for each server that may become the primary',
    );
  }
  return url;
}

function assertKnown({ searchParams }: URL): void {
  const unknown = [...searchParams.keys()].find((name) => !['host', 'sslrootcert'].includes(name));
  if (unknown !== undefined)
    throw new ConfigError(`--database: ${unknown} is not a known parameter: only host and sslrootcert are`);
}
