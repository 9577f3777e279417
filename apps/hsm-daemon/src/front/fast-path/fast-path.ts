import type { Http2SecureServer, Http2Session, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Server } from '@grpc/grpc-js';
import type { OpenConnections } from '../connections/open-connections.ts';
import type { BeginTrace } from '../telemetry/call-trace.ts';
import type { Ending } from './broken-message.ts';
import { deadlineOf } from './deadline.ts';
import { FastCall, type FastMethod } from './fast-call.ts';
import { FastStream, type StreamMethod } from './fast-stream.ts';
import { gatherMessages } from './gather-messages.ts';
import type { HalfSent } from './half-sent.ts';
import { LateEnding } from './late-ending.ts';
import { isShed, type Shed, tooManyAnswers } from './shed-early.ts';

/** The methods that the fast path answers, by their paths. */
export interface FastPath {
  readonly calls: ReadonlyMap<string, FastMethod>;
  readonly streams: ReadonlyMap<string, StreamMethod>;
}

/** The checks that every stream passes before it becomes a call. */
export interface Gate {
  readonly shed: Shed;
  readonly connections: OpenConnections;
  readonly halfSent: HalfSent;
  /** Whether the connection's certificate has the role for this path. */
  readonly mayCall: (path: string, session: Http2Session | undefined) => boolean;
  readonly beginTrace: BeginTrace | undefined;
}

/** Methods whose answers may be large: the unread part stays in memory. */
const LARGE_ANSWER = /\/(ListEntries|GetCheckpoint|GetMinutes|GetAnnouncement|ListKeys|Act)$/;

/**
 * Returns the HTTP/2 servers of a listening grpc-js server. The field is not public, and only read
 * here.
 */
export function http2ServersOf(server: Server): Http2SecureServer[] {
  const { http2Servers } = server as unknown as { http2Servers?: ReadonlyMap<Http2SecureServer, unknown> };
  return [...(http2Servers?.keys() ?? [])];
}

type OnStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...more: unknown[]) => void;

/**
 * Answers some calls directly on the HTTP/2 streams of a listening grpc-js server, without the
 * layers above them (README.md). All other calls are left to the library; their messages are only
 * reassembled first.
 */
export function takeFastPath(server: Server, fastPath: FastPath, gate: Gate): void {
  for (const http2Server of http2ServersOf(server)) divert(http2Server, fastPath, gate);
}

function divert(http2Server: Http2SecureServer, { calls, streams }: FastPath, gate: Gate): void {
  const { beginTrace, connections, halfSent } = gate;
  const theirs = http2Server.listeners('stream') as OnStream[];
  http2Server.removeAllListeners('stream');
  const onStream: OnStream = (stream, headers, ...more) => {
    const path = headers[':path'] ?? '';
    const sender = { caller: connections.nameOf(stream.session), halfSent };
    const [method, streamMethod] = [calls.get(path), streams.get(path)];
    const deadlineMs = (method ?? streamMethod) && isPlain(headers) ? deadlineOf(headers, Date.now()) : undefined;
    const begin = () => beginTrace?.(path, (name) => headerOf(headers, name));
    if (method !== undefined && deadlineMs !== undefined) {
      const call = new FastCall(stream, method, deadlineMs, sender, begin());
      const refusal = whyNotIn(path, stream, gate);
      if (refusal !== undefined) call.refuse(refusal);
    } else if (streamMethod !== undefined && deadlineMs === Number.POSITIVE_INFINITY) {
      void new FastStream(stream, streamMethod, sender, begin()).start();
    } else {
      const refusal = whyNotIn(path, stream, gate);
      if (refusal !== undefined) return refuseUnread(stream, refusal);
      gatherMessages(stream, sender, LARGE_ANSWER.test(path));
      for (const listener of theirs) listener(stream, headers, ...more);
    }
  };
  http2Server.on('stream', onStream);
}

/** Returns why a call ends before it is read; undefined if it does not. */
function whyNotIn(path: string, stream: ServerHttp2Stream, { shed, connections, mayCall }: Gate): Ending | undefined {
  if (isShed(path)) return shed(connections.nameOf(stream.session));
  // A caller without the role takes no slot: admission rejects it later.
  if (!LARGE_ANSWER.test(path) || !mayCall(path, stream.session)) return undefined;
  return connections.takeLargeAnswer(stream) ? undefined : tooManyAnswers();
}

function refuseUnread(stream: ServerHttp2Stream, refusal: Ending): void {
  stream.once('error', () => {});
  const ending = new LateEnding(stream, refusal);
  stream.on('data', (chunk: Buffer) => ending.take(chunk.length));
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

const CONTENT_TYPES: readonly unknown[] = ['application/grpc', 'application/grpc+proto'];

/** Returns whether the call needs nothing that only the library can do. */
function isPlain(headers: IncomingHttpHeaders): boolean {
  return (
    headers[':method'] === 'POST' &&
    CONTENT_TYPES.includes(headers['content-type']) &&
    (headers['grpc-encoding'] ?? 'identity') === 'identity'
  );
}
