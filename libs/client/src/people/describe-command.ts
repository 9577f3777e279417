import { bytesOfHex, fingerprintOf, type SensitiveCommand } from '@ramz/custody';
import { personFingerprint } from './person-keys.ts';

/** Describes what a proposal would do, to be read before approving it. Omits nothing. */
export function describeCommand(command: SensitiveCommand): string[] {
  switch (command.name) {
    case 'open-ceremony': {
      const { kind, scheme, threshold, custodians } = command.plan;
      return [`hold a ceremony "${kind}": ${scheme}, ${threshold} of ${custodians.join(', ')}`];
    }
    case 'seal':
      return ['seal the daemon: wipe every key from memory'];
    case 'zeroise':
      return ['DESTROY every key in store and memory, permanently'];
    case 'accept-clock':
      return ['accept the clock as it is now, and verify codes again'];
    case 'export-zone-key':
      return [
        `give the zone ${command.zone} its PIN block key (AES-${command.bits ?? 256}), sealed to ${command.recipient}`,
      ];
    case 'add-person': {
      const { name, role } = command.person;
      return [`make ${name} ${role}, with the keys ${personFingerprint(command.person)}`];
    }
    case 'remove-person':
      return [`take ${command.person} away`];
    case 'block-caller':
      return [`block the caller ${command.caller}: every call of its certificate is refused`];
    case 'unblock-caller':
      return [`let the caller ${command.caller} call again`];
    case 'adopt-identity':
      return [
        `adopt the identity ${fingerprintOf(bytesOfHex(command.identity))} for this vault, from its next start`,
        'compare it with <data-dir>/vault/fingerprint.next on the console; after that start everyone forgets the former one',
      ];
    case 'lift-locks':
      return [`lift the locks that ${command.caller} made since ${new Date(command.since_ms).toISOString()}`];
    case 'set-key-state':
      return [`move ${command.key} ${command.version} to ${command.state}, and seal`];
    case 'set-quorum':
      return ['from now on these approvals are needed:', ...Object.entries(command.quorum).map(ruleText)];
  }
}

function ruleText([operation, rule]: [string, unknown]): string {
  return `  ${operation}: ${JSON.stringify(rule)}`;
}
