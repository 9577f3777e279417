import { NEXT_STEP } from '@ramz/custody';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Logs the state and the next step, for operators who read only the log. */
export function tellState({ state, failure }: Pick<StatusReply, 'state' | 'failure'>, logger: Logger): void {
  const asks = failure || NEXT_STEP[state];
  const line = asks === undefined ? `the daemon is ${state}` : `the daemon is ${state}: ${asks}`;
  if (state === 'failed') logger.error({ state }, line);
  else logger.info({ state }, line);
}
