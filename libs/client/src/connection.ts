import { type Party, type PartyFiles, partyIn, readParty, serverNameOf } from './party.ts';

/** A daemon's address, and the certificate to show it. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  /** Name of the certificate under `<dataDir>/pki`; in errors, the caller's name. */
  readonly caller: string;
  /**
   * Contains `pki/ca.crt`, `pki/<caller>.crt` and `pki/<caller>.key`; not needed where `files`
   * names all three.
   */
  readonly dataDir?: string | undefined;
  /** The bank's own files, each instead of the one in `dataDir`. */
  readonly files?: Partial<PartyFiles> | undefined;
  /** The name in the daemon's certificate (default: the host; in a test realm `localhost`). */
  readonly serverName?: string | undefined;
}

/** The input of a TLS library. */
export interface OpenedConnection {
  readonly party: Party;
  readonly serverName: string;
}

/**
 * Reads the certificates.
 * @throws Error of the file system, with the path
 */
export function openConnection({ host, caller, dataDir = '.', files = {}, serverName }: Connection): OpenedConnection {
  const party = readParty({ ...partyIn(dataDir, caller), ...definedOnly(files) });
  return { party, serverName: serverName ?? serverNameOf(party, host) };
}

function definedOnly(files: Partial<PartyFiles>): Partial<PartyFiles> {
  return Object.fromEntries(Object.entries(files).filter(([, path]) => path !== undefined));
}
