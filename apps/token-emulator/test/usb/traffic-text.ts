// Recorded USB traffic as text: one line per transfer, with its time and its outcome. Recorded by
// `RAMZ_RECORD=apps/token-emulator/test/usb/traffic npm run test:linux`, replayed in `npm test`.
import type { TransferOutcome } from '../../src/usb/bus-device.ts';
import { writeSetup } from '../../src/usb/setup-packet.ts';
import type { SeenTransfer } from '../../src/usb/tapped-wire.ts';

/** One recorded event, `atMs` after the recording began. */
export type Recorded = { readonly atMs: number } & (
  | { readonly kind: 'control'; readonly setup: Uint8Array; readonly data: string; readonly outcome: string }
  | { readonly kind: 'read' | 'write'; readonly endpoint: number; readonly data: string; readonly outcome: string }
  | { readonly kind: 'attached'; readonly isAttached: boolean }
  | { readonly kind: 'touch'; readonly heldMs: number }
);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex') || '-';

export function outcomeText(outcome: TransferOutcome): string {
  return outcome.status === 'ok' ? `ok ${hex(outcome.bytes)}` : outcome.status;
}

export function lineOf(transfer: SeenTransfer, atMs: number): string {
  switch (transfer.kind) {
    case 'attached':
      return `${atMs} ${transfer.isAttached ? 'attached' : 'detached'}`;
    case 'control':
      return `${atMs} control ${hex(writeSetup(transfer.setup))} ${hex(transfer.data)} > ${outcomeText(transfer.outcome)}`;
    case 'read':
      return `${atMs} read ${transfer.endpoint} - > ${outcomeText(transfer.outcome)}`;
    case 'write':
      return `${atMs} write ${transfer.endpoint} ${hex(transfer.data)} > ${outcomeText(transfer.outcome)}`;
  }
}

export function readLine(line: string): Recorded {
  const [asked = '', outcome = ''] = line.split(' > ');
  const [at = '', kind = '', what = '', data = ''] = asked.split(' ');
  const atMs = Number(at);
  switch (kind) {
    case 'attached':
    case 'detached':
      return { atMs, kind: 'attached', isAttached: kind === 'attached' };
    case 'touch':
      return { atMs, kind, heldMs: Number(what) };
    case 'control':
      return { atMs, kind, setup: Uint8Array.from(Buffer.from(what, 'hex')), data, outcome };
    case 'read':
    case 'write':
      return { atMs, kind, endpoint: Number(what), data, outcome };
    default:
      throw new Error(`not a line of recorded traffic: ${line}`);
  }
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text === '-' ? '' : text, 'hex'));
}
