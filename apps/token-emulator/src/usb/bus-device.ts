import type { Personality } from './hid-function.ts';
import type { SetupPacket } from './setup-packet.ts';

/** What became of a transfer. Bytes go to the host; of what it sent, all were taken. */
export type TransferOutcome =
  | { readonly status: 'ok'; readonly bytes: Uint8Array }
  | { readonly status: 'stall' | 'lost' | 'unplugged' };

/** An interrupt transfer to the host that waits for a report. */
export interface PendingTransfer {
  readonly done: Promise<TransferOutcome>;
  /** False when it was answered already. */
  readonly cancel: () => boolean;
}

/**
 * A device as a bus sees it. Three transports stand before it (in the process, USB/IP, uhid) and whatever is put in
 * between: faults, a recorder.
 */
export interface BusDevice {
  readonly personality: Personality;
  control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome>;
  readInterrupt(endpoint: number): PendingTransfer;
  writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome>;
  /** A host took it, or let it go. */
  attached(isAttached: boolean): void;
}

export const STALL: TransferOutcome = { status: 'stall' };

export function given(bytes: Uint8Array): TransferOutcome {
  return { status: 'ok', bytes };
}
