import { InvalidArgumentError, Option } from 'commander';

const PORT_MAX = 65_535;

// Options for a daemon's location, with the same names, variables and defaults in every command.

export function dataDirOption(description: string): Option {
  return new Option('--data-dir <path>', description).env('RAMZ_DATA_DIR').default('.ramz');
}

export function hostOption(description: string): Option {
  return new Option('--host <address>', description).env('RAMZ_HOST').default('127.0.0.1');
}

export function portOption(description: string): Option {
  return new Option('--port <number>', description).env('RAMZ_PORT').default(50551).argParser(readPort);
}

/** Parses a whole number from 0 to 2^53 - 1. */
export function readCount(text: string): number {
  const count = Number(text);
  if (!/^[0-9]{1,16}$/.test(text) || !Number.isSafeInteger(count))
    throw new InvalidArgumentError('expected a whole number.');
  return count;
}

/** Parses an ISO 8601 time to milliseconds since the Unix epoch. */
/** Without a zone it is UTC, on every machine. */
const ISO_8601 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/;

export function readTime(text: string): number {
  const [, day = '', time = '', zone = 'Z'] = ISO_8601.exec(text) ?? [];
  const atMs = Date.parse(`${day}T${time}${zone}`);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('expected a time such as 2026-11-28T14:00:00Z.');
  return atMs;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || port > PORT_MAX) throw new InvalidArgumentError(`a port is 0 to ${PORT_MAX}.`);
  return port;
}
