import type { Logger } from '../telemetry/logger.ts';
import type { DeniedCertificates } from './denied-certificates.ts';
import type { ExpiryWatch } from './expiry-watch.ts';
import type { OpenConnections } from './open-connections.ts';
import { type PkiFiles, pkiMark, readPkiFiles, revokedBy } from './pki-files.ts';
import type { ReloadableCredentials } from './server-credentials.ts';

/** Soon enough for a stolen certificate, and no load: a check of some files' dates. */
const LOOK_EVERY_MS = 1_000;
const EXPIRY_EVERY_MS = 600_000;

/** The users of the files in <data-dir>/pki. */
export interface PkiUsers {
  readonly credentials: ReloadableCredentials;
  readonly denied: DeniedCertificates;
  readonly connections: OpenConnections;
  readonly expiry: ExpiryWatch;
  readonly logger: Logger;
}

/** Rereads certificates, authorities and revocation lists when a file changes, and on request. */
export class PkiReload {
  readonly #dir: string;
  readonly #users: PkiUsers;
  readonly #timers: NodeJS.Timeout[];
  #files: PkiFiles;
  #mark: string;
  #running: Promise<void> = Promise.resolve();

  constructor(dir: string, atFirst: PkiFiles, users: PkiUsers) {
    this.#dir = dir;
    this.#users = users;
    this.#files = atFirst;
    this.#mark = atFirst.mark;
    this.#use(atFirst);
    this.#timers = [
      setInterval(() => this.#look(), LOOK_EVERY_MS).unref(),
      setInterval(() => users.expiry.lookAtAll(), EXPIRY_EVERY_MS).unref(),
    ];
    // Also closes connections whose certificate expired while they were open.
    this.#timers.push(setInterval(() => users.connections.closeDenied(), LOOK_EVERY_MS).unref());
  }

  /** Rereads now, whether or not a file changed. */
  reload(): Promise<void> {
    this.#running = this.#running.then(() => this.#reload());
    return this.#running;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #look(): void {
    const mark = this.#markOrNothing();
    if (mark === this.#mark) return;
    this.#mark = mark;
    void this.reload();
  }

  /** A file may disappear during the check. It is read again a moment later. */
  #markOrNothing(): string {
    try {
      return pkiMark(this.#dir);
    } catch {
      return '';
    }
  }

  async #reload(): Promise<void> {
    const { credentials, connections, logger } = this.#users;
    try {
      const former = this.#files;
      const files = await readPkiFiles(this.#dir, former);
      this.#files = files;
      credentials.show(files.party);
      this.#use(files);
      // An added authority changes nothing for connected callers.
      if ([...former.authorities].some((one) => !files.authorities.has(one))) connections.closeAll();
      for (const why of files.problems) logger.error({ why }, `its former contents stay in effect: ${why}`);
      const { serials, names } = files.denied;
      const counts = { revoked: revokedBy(files).size, denied: serials.size + names.size };
      logger.info(counts, 'certificates, revocation lists and the deny list were read again');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      logger.error({ why }, `certificates were not read again, the former ones stay: ${why}`);
    }
  }

  #use(files: PkiFiles): void {
    const users = this.#users;
    users.denied.revoke(revokedBy(files), files.denied);
    users.expiry.watchFiles(files.expiring);
    users.connections.closeDenied();
  }
}
