/**
 * @ramz/otp-core/engine: what computes, for programs that choose another engine than noble's, and for those who write
 * one. A door of its own: who only makes and checks codes needs none of it.
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
