import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FramedSocket } from './framed-socket.ts';
import { BATCH_BYTES_MAX } from './limits.ts';

interface Message {
  readonly text: string;
}

describe('messages on a socket', () => {
  let near: Socket;
  let far: Socket;
  let closeServer: () => void;
  const heard: Message[] = [];
  let broken = 0;

  beforeEach(async () => {
    heard.length = 0;
    broken = 0;
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    near = connect(port, '127.0.0.1');
    [far] = (await once(server, 'connection')) as [Socket];
    closeServer = () => server.close();
    const wall = new FramedSocket<Message, Message>(
      far,
      BATCH_BYTES_MAX,
      (message) => heard.push(message),
      () => (broken += 1),
    );
    wall.send({ text: 'ready' });
  });
  afterEach(() => {
    near.destroy();
    far.destroy();
    closeServer();
  });

  const frame = (value: unknown, length?: number) => {
    const bytes = serialize(value);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(length ?? bytes.length);
    return Buffer.concat([head, bytes]);
  };

  it('arrive complete and in order, however they are split', async () => {
    const long = { text: 'x'.repeat(300_000) };
    const bytes = Buffer.concat([frame({ text: 'one' }), frame(long), frame({ text: 'three' })]);
    for (let at = 0; at < bytes.length; at += 997) {
      near.write(bytes.subarray(at, at + 997));
      if (at % 10 === 0) await new Promise(setImmediate);
    }
    while (heard.length < 3) await new Promise((settle) => setTimeout(settle, 5));
    expect(heard).toEqual([{ text: 'one' }, long, { text: 'three' }]);
  });

  it.each([
    ['a length over the limit', frame('', BATCH_BYTES_MAX + 1)],
    ['bytes that are not a serialized value', Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('junk')])],
    ['an empty message', Buffer.alloc(4)],
  ])('%s closes the connection, and nothing else', async (_, bytes) => {
    near.on('error', () => {});
    const closed = once(far, 'close');
    near.write(bytes);
    await closed;
    expect([heard, broken]).toEqual([[], 1]);
  });
});
