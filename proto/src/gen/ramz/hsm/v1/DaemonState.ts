// Original file: ramz/hsm/v1/status.proto

export const DaemonState = {
  DAEMON_STATE_UNSPECIFIED: 'DAEMON_STATE_UNSPECIFIED',
  DAEMON_STATE_UNINITIALISED: 'DAEMON_STATE_UNINITIALISED',
  DAEMON_STATE_SEALED: 'DAEMON_STATE_SEALED',
  DAEMON_STATE_OPERATIONAL: 'DAEMON_STATE_OPERATIONAL',
} as const;

export type DaemonState =
  | 'DAEMON_STATE_UNSPECIFIED'
  | 0
  | 'DAEMON_STATE_UNINITIALISED'
  | 1
  | 'DAEMON_STATE_SEALED'
  | 2
  | 'DAEMON_STATE_OPERATIONAL'
  | 3

export type DaemonState__Output = typeof DaemonState[keyof typeof DaemonState]
