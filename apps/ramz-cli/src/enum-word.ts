/** Returns an enum value of the contract as people read it: EVENT_KIND_LOCKED as locked. */
export function enumWord(prefix: 'DAEMON_STATE_' | 'EVENT_KIND_' | 'KEY_STATE_', value: string): string {
  return value.replace(prefix, '').toLowerCase().replaceAll('_', '-');
}
