import { printableText } from '@ramz/custody';
import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/**
 * Creates a logger that writes one JSON object per line to standard output. The contents of a call
 * are never logged.
 */
export function makeLogger(processName: 'front' | 'vault' = 'front'): Logger {
  const out = pino.destination({ fd: 1, sync: true });
  // A log that cannot be written (a full disk, a reader that has gone) must not end the daemon.
  out.on('error', () => {});
  // Escapes what a server or file wrote, so that it moves no cursor. The JSON value stays the same.
  const printable = { write: (line: string) => out.write(`${printableText(line.trimEnd())}\n`) };
  return pino({ base: { process: processName }, timestamp: pino.stdTimeFunctions.isoTime }, printable);
}
