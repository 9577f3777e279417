import { DAEMON_STATES, type DaemonState } from '@ramz/custody';
import { ACTIVATION_COMMANDS, type ActivationAct } from './activation-commands.ts';
import type { Command } from './commands.ts';
import { SUBJECT_ACTS, type SubjectActCommand } from './life-cycle-commands.ts';

const WITH_KEYS = ['sealed', 'operational', 'clock-jumped', 'restoring', 'destroyed'] as const;
const SOUND = ['uninitialised', ...WITH_KEYS] as const;

const OPERATIONAL = ['operational'] as const;
const OF_ACTS = Object.fromEntries(
  [...SUBJECT_ACTS, ...ACTIVATION_COMMANDS].map((kind) => [kind, OPERATIONAL]),
) as Record<SubjectActCommand['kind'] | ActivationAct['kind'], typeof OPERATIONAL>;

/**
 * The states in which each command may run. In any other state it is rejected and changes nothing.
 */
export const ADMITTED_IN: Readonly<Record<Command['kind'], readonly DaemonState[]>> = {
  verify: ['operational'],
  resynchronise: ['operational'],
  'verify-signature': ['operational'],
  enrol: ['operational'],
  ...OF_ACTS,
  file: OPERATIONAL,
  'token-state': OPERATIONAL,
  'activation-key': OPERATIONAL,
  'end-replay': OPERATIONAL,
  'replay-entries': OPERATIONAL,
  announce: SOUND,
  act: ['uninitialised', 'sealed', 'operational', 'clock-jumped', 'restoring'],
  minutes: SOUND,
  keys: WITH_KEYS,
  'self-test': SOUND,
  checkpoint: WITH_KEYS,
  entries: SOUND,
  events: SOUND,
  proof: SOUND,
  status: DAEMON_STATES,
  'note-refusal': DAEMON_STATES,
};
