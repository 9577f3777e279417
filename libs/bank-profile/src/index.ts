/** @ramz/bank-profile. This file is the package's only entry point. */

export { type ActivationPolicy, type BankProfile, readBankProfile } from './bank-profile.ts';
export { bankOfCard } from './card-bins.ts';
export { ConfigError, explainIssue } from './config-error.ts';
export { type BudgetScope, type FailureBudget } from './failure-budget.ts';
export { guessProbability, SPRAYED_CARDS } from './guess-probability.ts';
export { type LockLimit } from './lock-limit.ts';
export { ocraSuiteText } from './ocra-suite-text.ts';
export { type ProfileFields, type PurposeFields, profileSchema } from './profile-schema.ts';
export { type CardPolicy, type PurposePolicy, TOKENS_MAX, WRONG_TRIES_KEPT } from './purpose-policy.ts';
export { profilePath, shippedProfiles } from './shipped-profiles.ts';
export { readYamlFile } from './yaml-file.ts';
