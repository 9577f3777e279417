// Planted bug: the check against the last accepted step is gone. The race tests must catch it.
import { decide } from '../../apps/hsm-daemon/dist/vault/domain/verification/decide.js';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

await startVault(readVaultOptions(process.argv), {
  decide: (enrolment, siblings, rules, evidence, now_ms) =>
    decide(enrolment && { ...enrolment, floor: 0 }, siblings, rules, evidence, now_ms),
});
