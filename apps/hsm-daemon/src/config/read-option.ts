import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';

const PORT_MAX = 65_535;

/** @throws InvalidArgumentError */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port > PORT_MAX) throw new InvalidArgumentError(`a port is 0 to ${PORT_MAX}.`);
  return port;
}

/**
 * Reads a whole number below 2^53.
 * @throws InvalidArgumentError
 */
export function readWholeNumber(text: string): number {
  const count = Number(text);
  if (/^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('must be a whole number.');
}

/** Returns NaN for text that is not a number. */
export function readNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Reads several values, separated by commas or given by repeated options. */
export function readList(text: string, former: unknown): string[] {
  return [...((former as string[] | undefined) ?? []), ...text.split(',')];
}

/**
 * Reads a user id. A name is accepted for the current user only.
 * @throws InvalidArgumentError
 */
export function readUid(text: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  if (text === userInfo().username) return userInfo().uid;
  throw new InvalidArgumentError('give the number of the user (id -u <name>).');
}
