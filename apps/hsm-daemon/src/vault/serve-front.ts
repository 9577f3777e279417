import type { ToFront, ToVault } from '../boundary/messages.ts';
import { packReplies, unpackBatch } from '../boundary/packed-batch.ts';
import { listenForFront } from '../boundary/vault-socket.ts';
import type { FailedVault } from './application/run/failed-vault.ts';
import type { Vault } from './application/vault.ts';

const NEVER = new Promise<never>(() => {});

type SendToFront = (message: ToFront) => void;

/**
 * Serves the vault's end of the wall: the channel that its parent made, or a socket where a front
 * of another user connects. Batches are answered one after the other. When the parent ends, for any
 * reason, the vault ends after its batch. A front that hangs up on the socket does not end it.
 */
export async function serveFront(vault: Vault | FailedVault, socketPath: string): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const then = (work: () => void | Promise<void>) => {
    // A batch that throws has broken an invariant: the process ends, and the log says what was
    // done. Later requests are never begun: what this one left in memory may be ahead of the store.
    last = last.then(work).catch((error: unknown) => {
      crash(error);
      return NEVER;
    });
  };
  const take = (message: ToVault, tell: SendToFront) => {
    then(async () => {
      if (typeof message !== 'object' || message === null) return;
      if ('stop' in message) return stop(vault);
      tell({ replies: packReplies(await vault.answer(unpackBatch(message.batch))) });
      await vault.tidy();
    });
  };
  const end = () => then(() => stop(vault));
  process.on('disconnect', end);
  // The terminal's signals reach both processes: the front decides when it has answered everyone.
  // Alone, the vault decides.
  process.on('SIGINT', socketPath === '' ? () => {} : end);
  process.on('SIGTERM', socketPath === '' ? () => {} : end);
  if (socketPath === '') {
    process.on('message', (message: ToVault) => take(message, tellParent));
  } else {
    process.on('message', (message: ToVault) => {
      // From its launcher, which only stops it.
      if (typeof message === 'object' && message !== null && 'stop' in message) end();
    });
    await listenForFront(socketPath, (tell) => ({
      onMessage: (message) => {
        // A front may hang up, but may not stop the vault.
        if (typeof message === 'object' && message !== null && 'batch' in message) take(message, tell);
      },
      onGone: () => {},
    }));
  }
  tellParent({ ready: true });
}

function tellParent(message: ToFront): void {
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
