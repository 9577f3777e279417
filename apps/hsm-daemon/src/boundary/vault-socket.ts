// Front and vault as two system users. The vault is started beside the front, not by it, and they
// meet on a Unix socket. The system decides who may connect: the socket's folder belongs to the
// vault's user, and only one group may enter it.

import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { FramedSocket } from './framed-socket.ts';
import { BATCH_BYTES_MAX, REPLIES_BYTES_MAX } from './limits.ts';
import type { ToFront, ToVault } from './messages.ts';
import { packBatch, unpackReplies } from './packed-batch.ts';
import type { RunningVault } from './running-vault.ts';
import { VaultLink } from './vault-link.ts';

const OWN_AND_GROUP = 0o660;
const OTHERS = 0o007;
const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;
const CONNECT_MS_MAX = 5_000;
/** Linux's sun_path without its terminating NUL. */
const SOCKET_PATH_BYTES_MAX = 107;

/** A folder or socket that another user could have put there. */
export class SocketNotOwned extends Error {
  constructor(path: string, why: string) {
    super(`${path} ${why}`);
    this.name = 'SocketNotOwned';
  }
}

/** The vault's handlers for a connected front. */
export interface FrontServed {
  readonly onMessage: (message: ToVault) => void;
  readonly onGone: () => void;
}

/**
 * Listens for a front: one at a time, and the next after it has gone.
 * @param serve gets the function that answers the front
 * @throws SocketNotOwned; Error of the system
 */
export async function listenForFront(
  path: string,
  serve: (tell: (message: ToFront) => void) => FrontServed,
): Promise<void> {
  assertOwnFolder(dirname(path));
  // Left by a run that was killed. The folder is ours, so the socket is no one else's.
  rmSync(path, { force: true });
  let current: Socket | undefined;
  const server = createServer((socket) => {
    if (current !== undefined) return void socket.destroy();
    current = socket;
    let isAway = false;
    const front = new FramedSocket<ToVault, ToFront>(socket, BATCH_BYTES_MAX, (message) => {
      // A correct front sends a batch after the reply to the previous one. More would only fill
      // memory.
      if (isAway) return void socket.destroy();
      isAway = true;
      served.onMessage(message);
    });
    const served = serve((message) => {
      isAway = false;
      front.send(message);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      current = undefined;
      served.onGone();
    });
    front.send({ ready: true, pid: process.pid });
  });
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, OWN_AND_GROUP);
}

/**
 * Checks the socket's place before anything that needs it is started.
 * @throws SocketNotOwned, also for a path that is too long or a folder that does not exist
 */
export function assertSocketPlace(path: string): void {
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX)
    throw new SocketNotOwned(path, `is longer than ${SOCKET_PATH_BYTES_MAX} bytes: choose a shorter path`);
  if (!existsSync(dirname(path)))
    throw new SocketNotOwned(dirname(path), "does not exist: create it as the vault's user");
  assertOwnFolder(dirname(path));
}

/**
 * Checks that only this user may create a socket there, and only its group may enter.
 * @throws SocketNotOwned
 */
function assertOwnFolder(dir: string): void {
  const { uid, mode } = lstatSync(dir);
  if (uid !== process.getuid?.())
    throw new SocketNotOwned(dir, "is not this user's own: create it as the vault's user");
  if ((mode & (OTHERS | GROUP_WRITE)) !== 0)
    throw new SocketNotOwned(dir, 'is open to others: chmod 2750, and give it the group that the front is in');
}

/**
 * Connects to a vault that runs as another user.
 * @param vaultUid the user that must own the socket
 * @throws SocketNotOwned; Error when no vault answers
 */
export async function connectVault(path: string, vaultUid: number): Promise<RunningVault> {
  assertVaults(path, vaultUid);
  const socket = createConnection(path);
  const { promise: ready, resolve: isReady, reject: fails } = Promise.withResolvers<number>();
  const link = new VaultLink((batch) => channel.send({ batch: packBatch(batch) }), setImmediate);
  const channel = new FramedSocket<ToFront, ToVault>(socket, REPLIES_BYTES_MAX, (message) => {
    if ('ready' in message) isReady(message.pid ?? 0);
    else if ('replies' in message) link.takeReplies(unpackReplies(message.replies));
  });
  let failure: string | undefined = 'the vault closed the connection';
  const ended = new Promise<string | undefined>((settle) => {
    socket.on('error', (error) => fails(new Error(`no vault answers at ${path}: ${error.message}`)));
    socket.once('close', () => {
      link.vaultIsGone();
      fails(new Error(`the vault at ${path} serves another front, or has stopped`));
      settle(failure);
    });
  });
  const patience = AbortSignal.timeout(CONNECT_MS_MAX);
  const giveUp = () => socket.destroy();
  patience.addEventListener('abort', giveUp);
  const pid = await ready.finally(() => patience.removeEventListener('abort', giveUp));
  // The vault continues without a front: custodians need not return after an update of the front.
  const stop = async () => {
    failure = undefined;
    socket.end();
    await ended;
  };
  return { link, pid, stop, kill: () => socket.destroy(), ended };
}

/**
 * Checks who owns the socket: a process that put another one there would receive every code.
 * @throws SocketNotOwned
 */
function assertVaults(path: string, vaultUid: number): void {
  const dir = dirname(path);
  for (const one of [dir, path]) {
    const { uid, mode } = lstatSync(one);
    if (uid !== vaultUid)
      throw new SocketNotOwned(one, `belongs to the user ${uid}, not to the vault's user ${vaultUid}`);
    if ((mode & OTHERS_WRITE) !== 0) throw new SocketNotOwned(one, 'is writable by every user');
  }
  if (!lstatSync(path).isSocket()) throw new SocketNotOwned(path, 'is not a socket');
}
