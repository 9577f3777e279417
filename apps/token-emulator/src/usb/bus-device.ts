import type { Personality } from './hid-function.ts';
import type { SetupPacket } from './setup-packet.ts';

/** The outcome of a transfer. `bytes` go to the host; all bytes that it sent were taken. */
export type TransferOutcome =
  | { readonly status: 'ok'; readonly bytes: Uint8Array }
  | { readonly status: 'stall' | 'lost' | 'unplugged' };

/** An interrupt transfer to the host that waits for a report. */
export interface PendingTransfer {
  readonly done: Promise<TransferOutcome>;
  /** Returns false if it was answered already. */
  readonly cancel: () => boolean;
}

/**
 * A device as a bus sees it. Three transports use it (in-process, USB/IP, uhid), and faults or a
 * recorder may be put in between.
 */
export interface BusDevice {
  readonly personality: Personality;
  control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome>;
  readInterrupt(endpoint: number): PendingTransfer;
  writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome>;
  /** Reports that a host has attached or detached the device. */
  attached(isAttached: boolean): void;
}

export const STALL: TransferOutcome = { status: 'stall' };

export function given(bytes: Uint8Array): TransferOutcome {
  return { status: 'ok', bytes };
}
