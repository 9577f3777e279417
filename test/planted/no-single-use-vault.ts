// Planted bug: the check against the last accepted step is missing. The race tests must catch it.
import { decide } from '../../apps/hsm-daemon/dist/vault/domain/verification/decide.js';
import { readVaultOptions, startVault } from '../../apps/hsm-daemon/dist/vault/start-vault.js';

await startVault(readVaultOptions(process.argv), {
  decide: (standing, siblings, rules, compared, nowMs) => {
    const forgetful = compared.map(({ enrolment, evidence }) => ({ enrolment: { ...enrolment, floor: 0 }, evidence }));
    return decide(standing, siblings, rules, forgetful, nowMs);
  },
});
