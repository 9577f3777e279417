import { createServer } from 'node:net';

/** Another program takes a port in the moment between seldom, and hardly ever so often in a row. */
const TRIES_MAX = 10;

/** A port that was free a moment ago, for laboratories and tests that ask for port 0. */
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
 * Starts what listens on a free port, on another one when somebody else was faster.
 * @throws what `start` throws for any other reason
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

/** The gRPC library puts the system's code into its sentence. */
export function isTaken(error: unknown): boolean {
  return String(error).includes('EADDRINUSE');
}
