// Explains to the operator in one sentence why a daemon could not start.
import { ConfigError } from '@ramz/bank-profile';
import { SocketNotOwned } from './boundary/vault-socket.ts';
import { isTaken } from './free-port.ts';

/** The vault reports an error's name before its message. A person needs the message. */
const ERRORS_NAME = /^[A-Z]\w*: /;
/**
 * Causes that may pass in a minute: a full disk, or a store that another process is still closing.
 */
const PASSING = /^(StoreUnavailable|StoreInUse): |\b(ENOSPC|EDQUOT|EROFS|EIO)\b/;
/** An error that may not occur when the program is started again later. */
export class NotNow extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotNow';
  }
}

export function whyNoVault(error: unknown): Error {
  if (error instanceof ConfigError || error instanceof NotNow) return error;
  const why = error instanceof Error ? error.message : String(error);
  const message = `the vault did not start: ${why.replace(ERRORS_NAME, '')}`;
  // Waiting does not fix a wrong password.
  if (/password authentication failed|asks for a password/.test(why))
    return new ConfigError(`${message}: is the file of --database-password the right one?`);
  return PASSING.test(why) ? new NotNow(message) : new ConfigError(message);
}

/**
 * Explains a failed connection. A vault that is not up yet may be soon; a socket of another user is
 * not a vault.
 */
export function whyNotConnected(error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return error instanceof SocketNotOwned ? new ConfigError(why) : new NotNow(`the vault cannot be reached: ${why}`);
}

/** Returns whether a cause may pass in a minute, such as a full disk. */
export function isPassing(why: string): boolean {
  return PASSING.test(why);
}

/** @param of prefix of the options that set the address */
export function explainBind(error: unknown, host: string, port: number, of: '' | 'metrics-' = ''): unknown {
  const text = String(error);
  if (isTaken(error)) {
    return new ConfigError(`port ${port} on ${host} is in use: stop what uses it, or choose another with --${of}port`);
  }
  const [code] = /\bE[A-Z]{4,}\b/.exec(text) ?? [];
  if (code === undefined && !text.includes('No address added')) return error;
  return new ConfigError(
    `cannot listen on ${host}:${port} (${code ?? 'no such address'}): is --${of}host an address of this machine?`,
  );
}
