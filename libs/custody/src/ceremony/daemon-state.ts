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

/**
 * What a state asks of people, for those who read it in the log or at a terminal. `operational` asks nothing, and what
 * `failed` asks depends on the failure.
 */
export const NEXT_STEP: Readonly<Partial<Record<DaemonState, string>>> = {
  uninitialised: 'it has no keys: the first ceremony makes them (ramz ceremony open --kind initialise)',
  sealed: 'no code is verified before custodians give their shares (ramz unseal)',
  'clock-jumped': 'no code is verified before the clock is accepted (ramz accept-clock)',
  restoring: 'no code is verified before a restore ceremony (ramz ceremony open --kind restore)',
  destroyed: 'its keys were destroyed, and nothing brings them back',
};
