import type { DaemonState } from '@ramz/custody';

/** Returns why this state does not admit a command, and what to do about it. */
export function whyNotNow(state: DaemonState, failure: string): string {
  switch (state) {
    case 'uninitialised':
      return 'the daemon has no keys yet: the first ceremony makes them';
    case 'sealed':
      return 'the daemon is sealed: custodians must give their shares first';
    case 'clock-jumped':
      return "the machine's clock jumped: authorized persons must check it and accept it first";
    case 'restoring':
      return 'the store was rolled back: a restore ceremony must be held first';
    case 'destroyed':
      return 'the keys of this store were destroyed: start again with an empty data directory';
    case 'failed':
      return `the daemon has failed and answers only its status: ${failure}`;
    case 'operational':
      return 'the daemon is operational already';
  }
}
