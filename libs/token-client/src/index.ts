/**
 * @ramz/token-client: what a customer's app does, without a page, a network or a disk: it makes its
 * key, seals the codes of an activation, keeps the seeds, shows codes, and proves itself. Runs in
 * Node and in browsers.
 */

export { type CodeNow, codeNow } from './app/code-now.ts';
export { MemoryTokens } from './app/memory-tokens.ts';
export type { AppGateway, CompletedPurpose, Completion, KeyOfBank, StateAtBank, TokenProofSent } from './app/ports.ts';
export type { StoredPurpose, StoredToken, TokenStore } from './app/stored-token.ts';
export { type ActivationInput, ActivationKeyNotSigned, type AppPorts, TokenApp } from './app/token-app.ts';
export { CodeNotTyped } from './app/typed-code.ts';
