// Reads of an interrupt endpoint: HID 1.11, 7.2.4 (the idle rate repeats the last report).
import { given, type PendingTransfer, type TransferOutcome } from './bus-device.ts';
import type { InputQueue } from './input-queue.ts';

/** HID 1.11, 7.2.4: the unit of an idle rate. */
const IDLE_UNIT_MS = 4;
const REPORT_PROTOCOL = 1;

/** The settings that a host has made on an interface. */
export interface InterfaceState {
  /** Units after which the last report is repeated; 0 is never. */
  idle: number;
  protocol: number;
  /** The last report, which a host's idle rate repeats. */
  last: Uint8Array | undefined;
}

export const freshState = (): InterfaceState => ({ idle: 0, protocol: REPORT_PROTOCOL, last: undefined });

export function ended(outcome: TransferOutcome): PendingTransfer {
  return { done: Promise.resolve(outcome), cancel: () => false };
}

/** The endpoint of a read, while it waits. */
export interface Endpoint {
  readonly isThere: () => boolean;
  readonly outcomeAtEnd: () => TransferOutcome;
}

/** Waits for a report, for the idle rate to repeat the last one, or for the end of the endpoint. */
export function readInput(
  inputs: InputQueue,
  state: InterfaceState,
  { isThere, outcomeAtEnd }: Endpoint,
): PendingTransfer {
  let cancel = () => false;
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<TransferOutcome>((resolve) => {
    const answer = (report: Uint8Array) => {
      clearTimeout(timer);
      state.last = report;
      resolve(given(report));
    };
    const cancelAsk = inputs.ask(answer, () => {
      clearTimeout(timer);
      resolve(outcomeAtEnd());
    });
    const { idle, last } = state;
    if (idle > 0 && last !== undefined)
      timer = setTimeout(() => isThere() && cancelAsk() && answer(last), idle * IDLE_UNIT_MS);
    cancel = () => {
      clearTimeout(timer);
      return cancelAsk();
    };
  });
  return { done, cancel };
}
