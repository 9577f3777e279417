import type { Command } from './commands.ts';

/** States of the daemon (docs/states.md). */
export const DAEMON_STATES = ['uninitialised', 'sealed', 'operational'] as const;
export type DaemonState = (typeof DAEMON_STATES)[number];

/** The states in which each command may run. In any other it is refused, and nothing changes. */
export const ADMITTED_IN: Readonly<Record<Command['kind'], readonly DaemonState[]>> = {
  verify: ['operational'],
  enrol: ['operational'],
  initialise: ['uninitialised'],
  'session-key': ['sealed'],
  'give-share': ['sealed'],
  seal: ['operational'],
  status: ['uninitialised', 'sealed', 'operational'],
  'note-refusal': ['uninitialised', 'sealed', 'operational'],
};
