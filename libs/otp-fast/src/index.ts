/**
 * @ramz/otp-fast: an engine for @ramz/otp-core that is several times faster than its default, and keeps keys where
 * wiping reaches them. This file is the package's only door.
 */
export { fastEngine, portableEngine } from './fast-engine.ts';
