import { createServer } from 'node:net';

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
