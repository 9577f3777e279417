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

describe('on a free port', () => {
  it('what lost its port to another program gets another one', async () => {
    const faster: Server[] = [];
    const { port, started } = await onFreePort(HOST, async (free) => {
      if (faster.length < 3) faster.push(await listen(free));
      return await listen(free);
    });
    expect(faster).toHaveLength(3);
    expect(started.address()).toMatchObject({ port });
    for (const server of [started, ...faster]) server.close();
  });

  it('whoever is always too late is told so', async () => {
    let tries = 0;
    const start = async () => {
      tries++;
      throw new Error('bind EADDRINUSE');
    };
    await expect(onFreePort(HOST, start)).rejects.toThrow('EADDRINUSE');
    expect(tries).toBe(10);
  });

  it('what fails for another reason fails at once', async () => {
    let tries = 0;
    const start = async () => {
      tries++;
      throw new Error('no certificate');
    };
    await expect(onFreePort(HOST, start)).rejects.toThrow('no certificate');
    expect(tries).toBe(1);
  });
});
