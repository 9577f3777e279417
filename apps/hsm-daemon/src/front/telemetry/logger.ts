import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** One JSON object a line on standard output. Nothing of a call's contents is ever logged. */
export function makeLogger(): Logger {
  return pino({ base: { process: 'front' }, timestamp: pino.stdTimeFunctions.isoTime });
}
