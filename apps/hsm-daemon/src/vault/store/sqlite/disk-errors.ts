import { StoreUnavailable } from '../store-errors.ts';

/** Primary result codes (sqlite.org/rescode.html) of a disk that may recover: its words for an operator. */
const PASSING: Readonly<Record<number, string>> = {
  8: 'its volume is read-only',
  10: 'its disk reports an error',
  13: 'its volume is full',
  14: 'its file cannot be opened',
};
const PRIMARY = 0xff;

/** What a disk said: a store that cannot be used now, where that may pass; anything else is what it is. */
export function diskError(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const why = PASSING[Number(error.errcode) & PRIMARY];
  return why === undefined ? error : new StoreUnavailable(`${why} (${error.message}); make room, or mend it`);
}

/** @throws StoreUnavailable, and what is no error of a disk */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw diskError(error);
  }
}
