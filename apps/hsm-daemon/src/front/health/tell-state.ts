import type { StatusReply } from '../../boundary/status-reply.ts';
import { LEADS_ON } from '../../boundary/what-leads-on.ts';
import type { Logger } from '../telemetry/logger.ts';

/** For whoever reads the log alone. */
export function tellState({ state, failure }: Pick<StatusReply, 'state' | 'failure'>, logger: Logger): void {
  const asks = failure || LEADS_ON[state];
  const line = asks === undefined ? `the daemon is ${state}` : `the daemon is ${state}: ${asks}`;
  if (state === 'failed') logger.error({ state }, line);
  else logger.info({ state }, line);
}
