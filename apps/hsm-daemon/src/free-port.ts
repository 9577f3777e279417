import { createServer } from 'node:net';

/**
 * Another program rarely takes the port between probing and listening, and hardly ever ten times in
 * a row.
 */
const TRIES_MAX = 10;

/** Returns a port that was free a moment ago, for laboratories and tests that ask for port 0. */
export function freePort(host: string): Promise<number> {
  return new Promise((found, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, host, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}

/**
 * Starts a server on a free port; picks another port if it is taken in the meantime.
 * @throws the error of `start`: any but EADDRINUSE at once, and EADDRINUSE after ten tries
 */
export async function onFreePort<T>(
  host: string,
  start: (port: number) => Promise<T>,
): Promise<{ readonly port: number; readonly started: T }> {
  for (let triesLeft = TRIES_MAX; ; triesLeft--) {
    const port = await freePort(host);
    try {
      return { port, started: await start(port) };
    } catch (error) {
      if (triesLeft === 1 || !isTaken(error)) throw error;
    }
  }
}

/** Searches the message: the gRPC library reports the system's error code only there. */
export function isTaken(error: unknown): boolean {
  return String(error).includes('EADDRINUSE');
}
