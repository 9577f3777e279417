/**
 * @ramz/token-client/formats: the bytes that an app and the vault must agree on. The contract
 * describes them in proto/ramz/hsm/v1/activation.proto.
 */
export { activationKeyMessage } from './formats/activation-key-message.ts';
export { appKeyOf, serialOf } from './formats/app-key.ts';
export { CODE_FIELD_BYTES, CODES_BYTES, codesOf, type TypedCodes, writeCodes } from './formats/sealed-codes.ts';
export { minuteOf, PROOF_LABELS, PROOF_MINUTES, type ProofLabel, proofMessage } from './formats/token-proof.ts';
