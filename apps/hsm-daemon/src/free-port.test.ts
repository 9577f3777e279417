import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { onFreePort } from './free-port.ts';

const HOST = '127.0.0.1';

function listen(port: number): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(port, HOST, () => done(server));
  });
}

describe('starting on a free port', () => {
  it('picks another port when another program takes the first', async () => {
    const faster: Server[] = [];
    const { port, started } = await onFreePort(HOST, async (free) => {
      if (faster.length < 3) faster.push(await listen(free));
      return await listen(free);
    });
    expect(faster).toHaveLength(3);
    expect(started.address()).toMatchObject({ port });
    for (const server of [started, ...faster]) server.close();
  });

  it('reports EADDRINUSE after ten tries', async () => {
    let tries = 0;
    const start = async () => {
      tries++;
      throw new Error('bind EADDRINUSE');
    };
    await expect(onFreePort(HOST, start)).rejects.toThrow('EADDRINUSE');
    expect(tries).toBe(10);
  });

  it('does not retry after any other error', async () => {
    let tries = 0;
    const start = async () => {
      tries++;
      throw new Error('no certificate');
    };
    await expect(onFreePort(HOST, start)).rejects.toThrow('no certificate');
    expect(tries).toBe(1);
  });
});
