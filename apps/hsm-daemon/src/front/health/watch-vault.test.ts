import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import { makeLogger } from '../telemetry/logger.ts';
import type { HealthBoard } from './health-board.ts';
import { watchVault } from './watch-vault.ts';

describe('watching the vault', () => {
  const shown: [string, boolean | undefined][] = [];
  const health = {
    show: (state: string, answers?: boolean) => void shown.push([state, answers]),
  } as unknown as HealthBoard;
  const logger = makeLogger();
  logger.level = 'silent';
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
  afterEach(() => {
    vi.useRealTimers();
    shown.length = 0;
  });
  const linkOf = (send: () => Promise<unknown>) => ({ send }) as unknown as VaultLink;

  it('shows the status each second, including a store that goes and returns', async () => {
    let storeAnswers = true;
    const status = async () => ({ kind: 'status', state: 'operational', storeAnswers }) as StatusReply;
    const stop = watchVault(linkOf(status), health, logger, 'operational');
    await vi.advanceTimersByTimeAsync(1_000);
    storeAnswers = false;
    await vi.advanceTimersByTimeAsync(1_000);
    storeAnswers = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown.map(([, answers]) => answers)).toEqual([true, false, true]);
    stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown).toHaveLength(3);
  });

  it('logs each state once, with the next step for people', async () => {
    const info = vi.spyOn(logger, 'info');
    const error = vi.spyOn(logger, 'error');
    const states = ['operational', 'sealed', 'sealed', 'failed', 'failed'];
    const status = async () => ({ kind: 'status', state: states.shift(), failure: '', storeAnswers: true });
    const stop = watchVault(linkOf(status), health, logger, 'operational');
    await vi.advanceTimersByTimeAsync(5_000);
    stop();
    const sealed = 'the daemon is sealed: no code is verified before custodians give their shares (ramz unseal)';
    expect(info.mock.calls).toEqual([[{ state: 'sealed' }, sealed]]);
    expect(error.mock.calls).toEqual([[{ state: 'failed' }, 'the daemon is failed']]);
    shown.length = 0;
  });

  it('does not show a silent vault as serving', async () => {
    const stop = watchVault(
      linkOf(() => new Promise(() => {})),
      health,
      logger,
      'operational',
    );
    await vi.advanceTimersByTimeAsync(6_000);
    expect(shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown.at(-1)).toEqual(['operational', false]);
    stop();
  });
});
