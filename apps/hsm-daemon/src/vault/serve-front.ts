import type { ToFront, ToVault } from '../boundary/commands.ts';
import type { Vault } from './application/vault.ts';

/**
 * The vault's end of the wall: the channel that its parent made, and nothing else. Batches are answered
 * one after the other. When the front goes, however it goes, the vault finishes its batch and stops.
 */
export function serveFront(vault: Vault): void {
  let last: Promise<void> = Promise.resolve();
  const then = (work: () => void | Promise<void>) => {
    // A batch that throws has broken an invariant: the process ends, and the log tells what was done.
    last = last.then(work).catch(crash);
  };
  process.on('message', (message: ToVault) => {
    then(async () => {
      if ('stop' in message) return stop(vault);
      tell({ replies: await vault.answer(message.batch) });
      vault.tidy();
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

function stop(vault: Vault): void {
  vault.stop();
  process.exit(0);
}

export function crash(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const done = () => process.exit(70);
  if (process.connected) process.send?.({ failed: message } satisfies ToFront, done);
  else done();
}
