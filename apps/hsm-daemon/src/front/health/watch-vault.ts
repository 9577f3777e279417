import type { DaemonState } from '@ramz/custody';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import { granted } from '../errors/front-errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { HealthBoard } from './health-board.ts';
import { tellState } from './tell-state.ts';

/**
 * Load balancers ask every few seconds. They must not get a state older than their own interval.
 */
const INTERVAL_MS = 1_000;
/**
 * A hanging store is reported in less. A vault that is silent for so long decides nothing either.
 */
const SILENCE_MS_MAX = 6_000;

/**
 * Polls the vault's status, so that the health board is right even when there are no calls. A
 * database that is gone takes no verdicts, and its return is seen although no caller is sent here
 * any more.
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
      // A vault that is gone is reported elsewhere.
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
