/** @ramz/client. This file is the package's only entry point. */
export type { ActivationClient } from './activation-client.ts';
export { appGatewayOf } from './app-gateway.ts';
export { CallRefused } from './call-refused.ts';
export { certificateProblem } from './certificate-problem.ts';
export { type Connection } from './connection.ts';
export { checkMinutes } from './minutes/check-minutes.ts';
export { fetchMinutes, minutesText, readMinutes } from './minutes/minutes-file.ts';
export { describeCommand } from './people/describe-command.ts';
export {
  forgetVault,
  forgottenVaults,
  knownVaults,
  PersonKeys,
  personFingerprint,
  readPerson,
  rememberVault,
} from './people/person-keys.ts';
export {
  type Daemon,
  REHEARSAL_CUSTODIANS,
  REHEARSAL_OPERATOR,
  REHEARSAL_THRESHOLD,
  Rehearsal,
  type UnsealProgress,
  withRehearsal,
} from './people/rehearsal.ts';
export { Seat, type SeatActions } from './people/seat.ts';
export { VaultLine } from './people/vault-line.ts';
export { RamzClient } from './ramz-client.ts';
export type { RegisterClient } from './register-client.ts';
