// Recorded USB traffic as text: a line a transfer, with when it was and what became of it. Recorded by
// `RAMZ_RECORD=test/usb/traffic npm run test:kernel`, replayed in `npm test`.
import type { Outcome } from '../../apps/token-emulator/src/usb/bus-device.ts';
import { writeSetup } from '../../apps/token-emulator/src/usb/setup-packet.ts';
import type { SeenTransfer } from '../../apps/token-emulator/src/usb/tapped-wire.ts';

/** What happened, ms after the recording began. */
export type Recorded = { readonly at_ms: number } & (
  | { readonly kind: 'control'; readonly setup: Uint8Array; readonly data: string; readonly outcome: string }
  | { readonly kind: 'read' | 'write'; readonly endpoint: number; readonly data: string; readonly outcome: string }
  | { readonly kind: 'attached'; readonly is_attached: boolean }
  | { readonly kind: 'touch'; readonly held_ms: number }
);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex') || '-';

export function outcomeText(outcome: Outcome): string {
  return outcome.status === 'ok' ? `ok ${hex(outcome.bytes)}` : outcome.status;
}

export function lineOf(transfer: SeenTransfer, at_ms: number): string {
  switch (transfer.kind) {
    case 'attached':
      return `${at_ms} ${transfer.is_attached ? 'attached' : 'detached'}`;
    case 'control':
      return `${at_ms} control ${hex(writeSetup(transfer.setup))} ${hex(transfer.data)} > ${outcomeText(transfer.outcome)}`;
    case 'read':
      return `${at_ms} read ${transfer.endpoint} - > ${outcomeText(transfer.outcome)}`;
    case 'write':
      return `${at_ms} write ${transfer.endpoint} ${hex(transfer.data)} > ${outcomeText(transfer.outcome)}`;
  }
}

export function readLine(line: string): Recorded {
  const [asked = '', outcome = ''] = line.split(' > ');
  const [at = '', kind = '', what = '', data = ''] = asked.split(' ');
  const at_ms = Number(at);
  switch (kind) {
    case 'attached':
    case 'detached':
      return { at_ms, kind: 'attached', is_attached: kind === 'attached' };
    case 'touch':
      return { at_ms, kind, held_ms: Number(what) };
    case 'control':
      return { at_ms, kind, setup: Uint8Array.from(Buffer.from(what, 'hex')), data, outcome };
    case 'read':
    case 'write':
      return { at_ms, kind, endpoint: Number(what), data, outcome };
    default:
      throw new Error(`no traffic is written so: ${line}`);
  }
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text === '-' ? '' : text, 'hex'));
}
