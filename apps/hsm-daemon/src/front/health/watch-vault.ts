import type { DaemonState } from '@ramz/custody';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import { granted } from '../errors/front-errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { HealthBoard } from './health-board.ts';
import { tellState } from './tell-state.ts';

/** Load balancers ask every few seconds: they must not hear of a state that is older than their own interval. */
const INTERVAL_MS = 1_000;
/** A store that hangs is answered for in less; a vault that says nothing at all so long decides nothing either. */
const SILENCE_MS_MAX = 6_000;

/**
 * Asks the vault how it is, so that whoever asks the health board is told the truth also when nobody calls: a database
 * that has gone takes no verdicts, and its return is seen although no caller is sent here any more.
 * @returns how to stop
 */
export function watchVault(
  link: VaultLink,
  health: HealthBoard,
  logger: Logger,
  stateAtFirst: DaemonState,
  onStatus: (status: StatusReply) => void = () => {},
): () => void {
  let state = stateAtFirst;
  let storeAnswers = true;
  let isStopped = false;
  const show = (status: StatusReply) => {
    if (isStopped) return;
    health.show(status.state, status.storeAnswers);
    onStatus(status);
    if (status.state !== state) tellState(status, logger);
    state = status.state;
    if (status.storeAnswers === storeAnswers) return;
    storeAnswers = status.storeAnswers;
    if (storeAnswers) logger.info('the store can be used again');
    else logger.error({ why: status.storeProblem }, 'the store cannot be used: calls are refused with UNAVAILABLE');
  };
  const timer = setInterval(() => void ask(), INTERVAL_MS);
  let askedAtMs: number | undefined;
  const ask = async () => {
    if (askedAtMs !== undefined) return silence(performance.now() - askedAtMs);
    askedAtMs = performance.now();
    try {
      show(granted<'status'>(await link.send({ kind: 'status' })));
    } catch {
      // A vault that is gone is told elsewhere.
    } finally {
      askedAtMs = undefined;
    }
  };
  const silence = (silentMs: number) => {
    if (silentMs > SILENCE_MS_MAX && !isStopped) health.show('operational', false);
  };
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
