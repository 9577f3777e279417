import { constants, type ServerHttp2Stream } from 'node:http2';

/** Before anybody is judged: a short message may come a byte a frame. */
const PIECES_FREE = 256;
/** On average. The smallest request of a stream has some forty, and clients send a message in one piece or in large ones. */
const BYTES_A_PIECE_MIN = 32;

/**
 * Ends a call whose bytes come in crumbs. Whoever keeps each piece as it came, as the gRPC library does, pays a hundred
 * bytes of memory for each byte that is sent so; counted where the runtime hands pieces over, whether or not anybody reads
 * them.
 */
export function refuseCrumbs(stream: ServerHttp2Stream): void {
  const push = stream.push.bind(stream);
  let pieces = 0;
  let bytes = 0;
  stream.push = (piece: Buffer | null): boolean => {
    if (piece === null) return push(null);
    pieces += 1;
    bytes += piece.length;
    const are_crumbs = pieces > PIECES_FREE && bytes < pieces * BYTES_A_PIECE_MIN;
    if (!are_crumbs) return push(piece);
    stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    return false;
  };
}
