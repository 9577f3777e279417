import type { ToFront, ToVault } from '../boundary/messages.ts';
import { packReplies, unpackBatch } from '../boundary/packed-batch.ts';
import type { FailedVault } from './application/failed-vault.ts';
import type { Vault } from './application/vault.ts';

const NEVER = new Promise<never>(() => {});

/**
 * The vault's end of the wall: the channel that its parent made, and nothing else. Batches are answered
 * one after the other. When the front goes, however it goes, the vault finishes its batch and stops.
 */
export function serveFront(vault: Vault | FailedVault): void {
  let last: Promise<void> = Promise.resolve();
  const then = (work: () => void | Promise<void>) => {
    // A batch that throws has broken an invariant: the process ends, and the log tells what was done. What was asked
    // after it is never begun: what it left in memory may be ahead of the store.
    last = last.then(work).catch((error: unknown) => {
      crash(error);
      return NEVER;
    });
  };
  process.on('message', (message: ToVault) => {
    then(async () => {
      if ('stop' in message) return stop(vault);
      tell({ replies: packReplies(await vault.answer(unpackBatch(message.batch))) });
      await vault.tidy();
    });
  });
  process.on('disconnect', () => {
    then(() => stop(vault));
  });
  // The terminal's signals reach both processes: the front decides when it has answered everyone.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  tell({ ready: true });
}

function tell(message: ToFront): void {
  process.send?.(message);
}

async function stop(vault: Vault | FailedVault): Promise<void> {
  await vault.stop();
  process.exit(0);
}

export function crash(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const done = () => process.exit(70);
  if (process.connected) process.send?.({ failed: message } satisfies ToFront, done);
  else done();
}
