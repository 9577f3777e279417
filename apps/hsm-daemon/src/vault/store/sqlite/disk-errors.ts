import { StoreUnavailable } from '../store-errors.ts';

/** Primary result codes (sqlite.org/rescode.html) of disk errors that may pass, in plain words. */
const PASSING: Readonly<Record<number, string>> = {
  8: 'its volume is read-only',
  10: 'its disk reports an error',
  13: 'its volume is full',
  14: 'its file cannot be opened',
};
const PRIMARY = 0xff;

/** Returns StoreUnavailable for a disk error that may pass, and any other error unchanged. */
export function diskError(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const why = PASSING[Number(error.errcode) & PRIMARY];
  return why === undefined ? error : new StoreUnavailable(`${why} (${error.message}); free space or repair it`);
}

/** @throws StoreUnavailable for a disk error that may pass, and any other error unchanged */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw diskError(error);
  }
}
