// Records every gRPC message of this process's clients as the bytes on the wire.
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';

/** A message in hexadecimal. For a failed call: its status, message and details. */
export type WireLine = readonly [path: string, direction: 'sent' | 'received' | 'failed', what: string];

const http2 = process.getBuiltinModule('node:http2');
/** One byte for compression, and four bytes of length. */
const PREFIX_BYTES = 5;

/** @param lines receives each message, in order */
export function tapClients(lines: WireLine[]): void {
  const { connect } = http2;
  http2.connect = ((...given: Parameters<typeof connect>) => tapSession(connect(...given), lines)) as typeof connect;
}

function tapSession(session: ClientHttp2Session, lines: WireLine[]): ClientHttp2Session {
  const request = session.request.bind(session);
  session.request = (headers, options) => {
    const path = String((headers as OutgoingHttpHeaders | undefined)?.[':path']);
    return tapStream(request(headers, options), path, lines);
  };
  return session;
}

function tapStream(stream: ClientHttp2Stream, path: string, lines: WireLine[]): ClientHttp2Stream {
  const sent = messagesTo((message) => lines.push([path, 'sent', message]));
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  stream.write = (piece: Buffer, ...rest: unknown[]) => {
    sent(piece);
    return write(piece, ...rest);
  };
  stream.on(
    'data',
    messagesTo((message) => lines.push([path, 'received', message])),
  );
  const takeStatus = (headers: IncomingHttpHeaders) => {
    const status = headers['grpc-status'];
    if (status === undefined || status === '0') return;
    const details = Buffer.from(String(headers['grpc-status-details-bin'] ?? ''), 'base64').toString('hex');
    lines.push([path, 'failed', `${String(status)} ${String(headers['grpc-message'])} ${details}`]);
  };
  // A call that fails before its first message has its status in the headers.
  stream.on('response', takeStatus);
  stream.on('trailers', takeStatus);
  return stream;
}

/** Buffers pieces of a stream, and passes on complete messages. */
function messagesTo(give: (message: string) => void): (piece: Buffer) => void {
  let bytes = Buffer.alloc(0);
  return (piece) => {
    bytes = Buffer.concat([bytes, piece]);
    while (bytes.length >= PREFIX_BYTES && bytes.length >= PREFIX_BYTES + bytes.readUInt32BE(1)) {
      const end = PREFIX_BYTES + bytes.readUInt32BE(1);
      give(bytes.subarray(PREFIX_BYTES, end).toString('hex'));
      bytes = bytes.subarray(end);
    }
  };
}
