// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): Response-Headers, Trailers and Trailers-Only.
import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import type { Ending } from './broken-message.ts';

const RESPONSE_HEADERS: OutgoingHttpHeaders = { ':status': 200, 'content-type': 'application/grpc+proto' };
/** gRPC has no use for a date. */
const WITH_TRAILERS = { waitForTrailers: true, sendDate: false };
const ALONE = { endStream: true, sendDate: false };

export const OK: Ending = { code: status.OK, details: '' };

/** Sends the Response-Headers of a call whose status follows in trailers. */
export function respondBefore(stream: ServerHttp2Stream, endingOf: () => Ending): void {
  stream.respond(RESPONSE_HEADERS, WITH_TRAILERS);
  stream.once('wantTrailers', () => stream.sendTrailers(trailersOf(endingOf())));
}

/** Sends Trailers-Only: a status and nothing else. */
export function respondOnly(stream: ServerHttp2Stream, ending: Ending): void {
  stream.respond({ ...RESPONSE_HEADERS, ...trailersOf(ending) }, ALONE);
}

/**
 * RFC 9113, 8.1: asks a sender that has not sent everything to stop. Otherwise the stream would
 * stay open for it.
 */
export function wantNoMore(stream: ServerHttp2Stream): void {
  if (stream.readableEnded) return;
  stream.close(constants.NGHTTP2_NO_ERROR);
  // Drops received bytes that were not read. Until then the runtime keeps the stream, and during a
  // stop its connection.
  stream.resume();
}

function trailersOf({ code, details, metadata }: Ending): OutgoingHttpHeaders {
  if (code === status.OK) return { 'grpc-status': '0' };
  return { 'grpc-status': String(code), 'grpc-message': encodeURI(details), ...metadata?.toHttp2Headers() };
}
