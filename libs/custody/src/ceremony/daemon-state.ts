/** States of the daemon (docs/states.md). */
export const DAEMON_STATES = [
  'uninitialised',
  'sealed',
  'operational',
  'clock-jumped',
  'restoring',
  'destroyed',
  'failed',
] as const;
export type DaemonState = (typeof DAEMON_STATES)[number];
