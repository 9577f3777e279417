/** States of the daemon (docs/reference/states.md). */
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
 * The next step for people in each state, as shown in the log and at a terminal. `operational`
 * needs none, and in `failed` it depends on the failure.
 */
export const NEXT_STEP: Readonly<Partial<Record<DaemonState, string>>> = {
  uninitialised: 'it has no keys: the first ceremony makes them (ramz ceremony open --kind initialise)',
  sealed: 'no code is verified before custodians give their shares (ramz unseal)',
  'clock-jumped': 'no code is verified before the clock is accepted (ramz accept-clock)',
  restoring: 'no code is verified before a restore ceremony (ramz ceremony open --kind restore)',
  destroyed: 'its keys were destroyed, and nothing can restore them',
};
