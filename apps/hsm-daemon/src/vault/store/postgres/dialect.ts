/**
 * The SQL that is specific to PostgreSQL. A server that only speaks its protocol (YugabyteDB,
 * CockroachDB, a Citus coordinator) would need it in another form. The rest is SQL that these
 * support, too: `UPDATE ... FROM unnest`, data-modifying `WITH`, `ON CONFLICT`, arrays. No such
 * server was tried (docs/how-to/run-on-postgresql.md).
 */
export const POSTGRES = {
  /**
   * Settings of each session, which override the role's own: an answer is sent when the commit is
   * on a disk, and nothing waits forever.
   */
  settings: [
    '-c synchronous_commit=on -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000',
    // A warning on a commit means that it may not last (see `Session`). It must always reach us.
    '-c client_min_messages=warning',
    // Each statement is planned once per connection: planning it for each batch cost a third of a
    // single verdict's time. A plan made while the tables were empty must serve millions of rows,
    // so it may only look rows up in indexes. YugabyteDB would make a remote call per nested-loop
    // row.
    '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off',
    // A disabled plan type is still used where there is no other. Its cost can then trigger JIT.
    '-c enable_material=off -c jit=off',
  ].join(' '),
  /** Shows whether the session got its settings, and whether the server is fit to use. */
  fitness: `SELECT pg_is_in_recovery() AS standby, current_setting('fsync', true) AS fsync,
    concat_ws(' ', current_setting('synchronous_commit'), current_setting('client_min_messages'),
      current_setting('plan_cache_mode')) AS session`,
  fitSession: 'on warning force_generic_plan',
  /** Increases with each promotion (PostgreSQL, 26.3), in hexadecimal. */
  timeline: 'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline',
  /** Makes daemons migrate one after the other, in any order. Nothing else uses this number. */
  lockMigrations: { text: 'SELECT pg_advisory_xact_lock(7240917)' },
  /** Keeps other daemons from changing a standing until the transaction ends. */
  lockStandings: { text: 'LOCK TABLE standing IN EXCLUSIVE MODE' },
  /** Overwrites former contents of the table of keys. Those in the server's own log stay. */
  scrubKeys: { text: 'VACUUM (FULL) keys', mayWarn: true },
} as const;

/** SQLSTATEs of a race. An incomplete commit divides by zero on purpose (see `commit-sql`). */
export const RACES: readonly string[] = ['22012', '23505', '40001', '40P01'];
