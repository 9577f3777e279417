import { printableText } from '@ramz/custody';
import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** One JSON object a line on standard output. Nothing of a call's contents is ever logged. */
export function makeLogger(processName: 'front' | 'vault' = 'front'): Logger {
  const out = pino.destination({ fd: 1, sync: true });
  // A log that cannot be written (a full disk, a reader who has gone) does not end the daemon.
  out.on('error', () => {});
  // A line is JSON: what a server or file said in it moves no cursor, and is the same value.
  const printable = { write: (line: string) => out.write(`${printableText(line.trimEnd())}\n`) };
  return pino({ base: { process: processName }, timestamp: pino.stdTimeFunctions.isoTime }, printable);
}
