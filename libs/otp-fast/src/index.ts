/**
 * @ramz/otp-fast: an engine for @ramz/otp-core, several times as fast as its default. Keeps keys in
 * memory that it can wipe. The package's main entry point; `/deriving` is the other.
 */
export { fastEngine, portableEngine } from './fast-engine.ts';
