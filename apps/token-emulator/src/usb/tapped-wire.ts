import type { BusDevice, PendingTransfer, TransferOutcome } from './bus-device.ts';
import type { SetupPacket } from './setup-packet.ts';

/** A transfer that was seen on the wire, with its outcome. */
export type SeenTransfer =
  | {
      readonly kind: 'control';
      readonly setup: SetupPacket;
      readonly data: Uint8Array;
      readonly outcome: TransferOutcome;
    }
  | { readonly kind: 'read'; readonly endpoint: number; readonly outcome: TransferOutcome }
  | { readonly kind: 'write'; readonly endpoint: number; readonly data: Uint8Array; readonly outcome: TransferOutcome }
  | { readonly kind: 'attached'; readonly isAttached: boolean };

/** A device with a listener on its wire, which is called after each transfer. */
export class TappedWire implements BusDevice {
  readonly #device: BusDevice;
  readonly #onTransfer: (transfer: SeenTransfer) => void;

  constructor(device: BusDevice, onTransfer: (transfer: SeenTransfer) => void) {
    this.#device = device;
    this.#onTransfer = onTransfer;
  }

  get personality(): BusDevice['personality'] {
    return this.#device.personality;
  }

  attached(isAttached: boolean): void {
    this.#device.attached(isAttached);
    this.#onTransfer({ kind: 'attached', isAttached });
  }

  async control(setup: SetupPacket, data: Uint8Array): Promise<TransferOutcome> {
    const outcome = await this.#device.control(setup, data);
    this.#onTransfer({ kind: 'control', setup, data, outcome });
    return outcome;
  }

  async writeInterrupt(endpoint: number, data: Uint8Array): Promise<TransferOutcome> {
    const outcome = await this.#device.writeInterrupt(endpoint, data);
    this.#onTransfer({ kind: 'write', endpoint, data, outcome });
    return outcome;
  }

  readInterrupt(endpoint: number): PendingTransfer {
    const { done, cancel } = this.#device.readInterrupt(endpoint);
    return { cancel, done: this.#told(endpoint, done) };
  }

  async #told(endpoint: number, done: Promise<TransferOutcome>): Promise<TransferOutcome> {
    const outcome = await done;
    this.#onTransfer({ kind: 'read', endpoint, outcome });
    return outcome;
  }
}
