import { type Party, type PartyFiles, partyIn, readParty, serverNameOf } from './party.ts';

/** A daemon, and whose certificate to show it. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  /** Name of the certificate under `<dataDir>/pki`; in errors, the caller's name. */
  readonly caller: string;
  /** Has `pki/ca.crt`, `pki/<caller>.crt` and `pki/<caller>.key`; not needed where `files` names all three. */
  readonly dataDir?: string | undefined;
  /** Files of the bank's own, each in the place of the one in `dataDir`. */
  readonly files?: Partial<PartyFiles> | undefined;
  /** The name that the daemon's certificate must carry (default: the host; a test realm's is `localhost`). */
  readonly serverName?: string | undefined;
}

/** What a TLS library is given. */
export interface OpenedConnection {
  readonly party: Party;
  readonly serverName: string;
}

/** Reads the certificates. @throws Error of the file system, with the path */
export function openConnection({ host, caller, dataDir = '.', files = {}, serverName }: Connection): OpenedConnection {
  const party = readParty({ ...partyIn(dataDir, caller), ...definedOnly(files) });
  return { party, serverName: serverName ?? serverNameOf(party, host) };
}

function definedOnly(files: Partial<PartyFiles>): Partial<PartyFiles> {
  return Object.fromEntries(Object.entries(files).filter(([, path]) => path !== undefined));
}
