/**
 * @ramz/hsm-daemon, as a library: how other programs of a laboratory reach a daemon. The daemon itself is
 * a program (`dist/main.js`), the vault another (`dist/vault/main.js`).
 */
export { CallRefused } from './client/call-refused.ts';
export {
  type Daemon,
  REHEARSAL_CUSTODIANS,
  REHEARSAL_OPERATOR,
  REHEARSAL_THRESHOLD,
  Rehearsal,
  type UnsealProgress,
  withRehearsal,
} from './client/people/rehearsal.ts';
export { type Connection, RamzClient } from './client/ramz-client.ts';
