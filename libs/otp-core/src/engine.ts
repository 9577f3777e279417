/**
 * @ramz/otp-core/engine: for programs that choose an engine other than noble's, and for authors of
 * engines. Its own entry point, because programs that only make and check codes do not need it.
 */
export { derivedAlone } from './engine/derived-alone.ts';
export { eachAlone } from './engine/each-alone.ts';
export { chooseEngine, engineInUse } from './engine/engine-in-use.ts';
export { nobleEngine } from './engine/noble-engine.ts';
export {
  DERIVED_KEY_BYTES,
  type DerivedKeys,
  type HashName,
  MAC_BYTES,
  MESSAGE_BYTES_MAX,
  type Midstates,
  type OtpEngine,
  type TakeDigest,
  type WriteMessage,
} from './engine/otp-engine.ts';
export { truncateWords } from './engine/truncate.ts';
