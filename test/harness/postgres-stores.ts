import { type DatabaseAddress, readDatabaseAddress } from '../../apps/hsm-daemon/src/config/database-address.ts';
import { PostgresLedger } from '../../apps/hsm-daemon/src/vault/store/postgres/ledger.ts';
import { Sessions } from '../../apps/hsm-daemon/src/vault/store/postgres/sessions.ts';
import { hexId } from './ledger-entries.ts';
import { PostgresServer } from './postgres.ts';

/** One server with any number of stores for a test file, each in its own database. */
export class PostgresStores {
  readonly server: PostgresServer;
  #databases = 0;

  private constructor(server: PostgresServer) {
    this.server = server;
  }

  static async start(): Promise<PostgresStores> {
    return new PostgresStores(await PostgresServer.start());
  }

  async newDatabase(): Promise<string> {
    const database = `ramz_${(this.#databases += 1)}`;
    await this.server.sql(`CREATE DATABASE ${database}`);
    return database;
  }

  url(database: string): string {
    return this.server.url.replace(/[^/]+$/, database);
  }

  address(database: string): DatabaseAddress {
    return readDatabaseAddress(this.url(database), 'test');
  }

  /** @param log number of the daemon that owns the log */
  open(database: string, log: number): Promise<PostgresLedger> {
    return PostgresLedger.open(new Sessions([this.address(database)], ''), hexId(log));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server[Symbol.asyncDispose]();
  }
}
