import { derivedAlone, eachAlone, type OtpEngine, type TakeDigest, type WriteMessage } from '@ramz/otp-core/engine';
import { eachInLanes } from './each-in-lanes.ts';
import { sha256 } from './hash/sha256.ts';
import { type MessageKernel, messageKernel } from './kernel/message-kernel.ts';
import {
  portableAt,
  portableOfKeys,
  portableRange,
  truncatedAt,
  truncatedOfKeys,
  truncatedRange,
} from './truncated-macs.ts';
import { fillWords, forgetWork, macOfWords, reserveWords, type WordMidstates, wipeWords } from './word-midstates.ts';

const keysOfWords = {
  reserve: reserveWords,
  fill: fillWords,
  wipe: wipeWords,
  mac: macOfWords,
  forget: forgetWork,
  truncated: portableAt,
};

/**
 * The engine in TypeScript alone: what `fastEngine` does where WebAssembly is missing or forbidden.
 */
export const portableEngine: OtpEngine = {
  name: 'fast, without kernels',
  ...keysOfWords,
  truncatedRange: portableRange,
  truncatedOfKeys: portableOfKeys,
  truncatedOfDerived: derivedAlone(keysOfWords),
  macEach(midstates: WordMidstates, count, write, take) {
    try {
      eachAlone(count, write, take, (message) => macOfWords(midstates, message));
    } finally {
      forgetWork('sha256');
    }
  },
  digestEach: (count, write, take) => eachAlone(count, write, take, sha256),
  digest: sha256,
};

/**
 * Uses kernels; falls back to TypeScript where they cannot run or where it is faster for one code.
 */
export const fastEngine: OtpEngine = {
  ...portableEngine,
  name: 'fast',
  truncated: truncatedAt,
  truncatedRange,
  truncatedOfKeys,
  macEach(midstates: WordMidstates, count, write, take) {
    try {
      if (inLanes(count, write, take, (lanes) => lanes.macs(midstates))) return;
      eachAlone(count, write, take, (message) => macOfWords(midstates, message));
    } finally {
      forgetWork('sha256');
    }
  },
  digestEach(count, write, take) {
    if (!inLanes(count, write, take, (lanes) => lanes.digests())) portableEngine.digestEach(count, write, take);
  },
};

/**
 * Hashes in lanes and returns true, or returns false without lanes. One message is faster without.
 */
function inLanes(
  count: number,
  write: WriteMessage,
  take: TakeDigest,
  together: (lanes: MessageKernel) => void,
): boolean {
  const lanes = count > 1 ? messageKernel() : undefined;
  if (lanes === undefined) return false;
  eachInLanes(lanes, count, write, take, () => together(lanes));
  return true;
}
