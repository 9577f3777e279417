import type { InstantMs } from '../time/instant.ts';
import { isToHost } from '../usb/setup-packet.ts';
import type { SeenTransfer } from '../usb/tapped-wire.ts';

/** A transfer as a page shows it. */
export interface TrafficLine {
  readonly sequence: number;
  readonly at_ms: number;
  readonly kind: string;
  /** In hexadecimal, at most `SHOWN_BYTES_MAX` of them. */
  readonly sent: string;
  readonly received: string;
  readonly status: string;
}

/** A few seconds of a busy host; a recording is for more (`--pcap`). */
const LINES_MAX = 200;
const SHOWN_BYTES_MAX = 80;

/** The last transfers of a token. */
export class TrafficLog {
  readonly #lines: TrafficLine[] = [];
  #sequence = 0;

  add(transfer: SeenTransfer, now: InstantMs): void {
    this.#sequence += 1;
    this.#lines.push({ sequence: this.#sequence, at_ms: now, ...textOf(transfer) });
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
  }

  after(sequence: number): readonly TrafficLine[] {
    return this.#lines.filter((line) => line.sequence > sequence);
  }
}

function textOf(transfer: SeenTransfer): Omit<TrafficLine, 'sequence' | 'at_ms'> {
  if (transfer.kind === 'attached') {
    return { kind: transfer.isAttached ? 'attached' : 'detached', sent: '', received: '', status: 'ok' };
  }
  const { outcome } = transfer;
  const received = outcome.status === 'ok' ? hex(outcome.bytes) : '';
  const rest = { received, status: outcome.status };
  if (transfer.kind === 'read') return { kind: `interrupt in ${transfer.endpoint}`, sent: '', ...rest };
  if (transfer.kind === 'write')
    return { kind: `interrupt out ${transfer.endpoint}`, sent: hex(transfer.data), ...rest };
  const { requestType, request, value, index, length } = transfer.setup;
  const setup = [requestType, request].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const words = [value, index, length].map((word) => word.toString(16).padStart(4, '0')).join(' ');
  const kind = isToHost(transfer.setup) ? 'control in' : 'control out';
  return { kind, sent: `${setup} ${words} ${hex(transfer.data)}`.trim(), ...rest };
}

function hex(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.subarray(0, SHOWN_BYTES_MAX)).toString('hex');
  return bytes.length > SHOWN_BYTES_MAX ? `${shown}...` : shown;
}
