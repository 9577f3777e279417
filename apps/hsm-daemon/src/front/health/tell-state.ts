import { NEXT_STEP } from '@ramz/custody';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Logs the state and the next step, for operators who read only the log. */
export function tellState(
  { state, failure, whySealed }: Pick<StatusReply, 'state' | 'failure' | 'whySealed'>,
  logger: Logger,
): void {
  const asks = failure || [whySealed, NEXT_STEP[state]].filter(Boolean).join('; ') || undefined;
  const line = asks === undefined ? `the daemon is ${state}` : `the daemon is ${state}: ${asks}`;
  if (state === 'failed') logger.error({ state }, line);
  else logger.info({ state }, line);
}
