/**
 * What is PostgreSQL's own, and no standard: all that a server which only speaks its protocol (YugabyteDB, CockroachDB, a
 * Citus coordinator) would have to be given in another form. The rest is what these have too: `UPDATE ... FROM unnest`,
 * data-modifying `WITH`, `ON CONFLICT`, arrays. No such server was tried (docs/operations.md).
 */
export const POSTGRES = {
  /**
   * Of each session, whatever the role's own are: an answer is given when the commit is on a disk, and nothing waits for
   * ever.
   */
  settings: [
    '-c synchronous_commit=on -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000',
    // A warning on a commit means that it may not last (see `Session`): whatever the role is set to, it must reach us.
    '-c client_min_messages=warning',
    // Each statement is planned once a connection: anew for each batch cost a third of a single verdict's time. A plan that
    // was made while the tables were empty must do for millions of rows: it may do nothing but look rows up in indexes.
    // YugabyteDB would make a remote call of each nested loop's row.
    '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off',
    // What is switched off still costs as if it were on where there is no other way: enough for the server to compile it.
    '-c enable_material=off -c jit=off',
  ].join(' '),
  /** Whether a session got its settings, and from a server that may be written to and does not lie about its disk. */
  fitness: `SELECT pg_is_in_recovery() AS standby, current_setting('fsync', true) AS fsync,
    concat_ws(' ', current_setting('synchronous_commit'), current_setting('client_min_messages'),
      current_setting('plan_cache_mode')) AS session`,
  fitSession: 'on warning force_generic_plan',
  /** Grows with each promotion (PostgreSQL, 26.3), in hexadecimal. */
  timeline: 'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline',
  /** Daemons migrate one after the other, in any order: a number that nothing else uses. */
  lockMigrations: { text: 'SELECT pg_advisory_xact_lock(7240917)' },
  /** No other daemon changes a standing until the transaction ends. */
  lockStandings: { text: 'LOCK TABLE standing IN EXCLUSIVE MODE' },
  /** Overwrites what the table of keys had; what the server's own log has of it stays. */
  scrubKeys: { text: 'VACUUM (FULL) keys', mayWarn: true },
} as const;

/** SQLSTATEs of a race: division by zero is how a commit says that not all of it could be done (see `commit-sql`). */
export const RACES: readonly string[] = ['22012', '23505', '40001', '40P01'];
