/**
 * @ramz/hsm-daemon, as a library: how other programs of a laboratory reach a daemon. The daemon itself is
 * a program (`dist/main.js`), the vault another (`dist/vault/main.js`).
 */
export { CallRefused } from './client/call-refused.ts';
export { type Connection, RamzClient } from './client/ramz-client.ts';
export {
  type Daemon,
  REHEARSAL_CUSTODIANS,
  REHEARSAL_THRESHOLD,
  rehearseCeremony,
  unsealWith,
} from './client/rehearse-ceremony.ts';
export { TestCustodian } from './client/test-custodian.ts';
