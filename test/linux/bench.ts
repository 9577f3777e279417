import { fileURLToPath } from 'node:url';
import type { Laboratory, LabToken, UsbIpServer } from '@ramz/token-emulator';
import { type FinishedCommand, type Guest, HOST_SEEN_BY_GUEST } from './guest.ts';
import { keysTyped } from './keys-typed.ts';
import { type Recorder, recorderOf } from './recorder.ts';

const NODE = process.execPath;
const READ_KEYS = fileURLToPath(new URL('./read-keys.mjs', import.meta.url));

/** A USB/IP bus with one token of each kind, and the guest that attaches them. */
export class Bench {
  readonly guest: Guest;
  readonly #server: UsbIpServer;
  readonly laboratory: Laboratory;
  readonly #busIds = new Map<string, string>();
  readonly #recorders: Recorder[] = [];

  constructor(guest: Guest, server: UsbIpServer, laboratory: Laboratory) {
    this.guest = guest;
    this.#server = server;
    this.laboratory = laboratory;
    laboratory.onToken = (token) => {
      const recorder = recorderOf(token, laboratory);
      this.#busIds.set(token.name, server.plug(recorder.wire));
      this.#recorders.push(recorder);
    };
  }

  run(command: string): Promise<FinishedCommand> {
    return this.guest.run(command);
  }

  usbip(command: string): Promise<FinishedCommand> {
    return this.run(`usbip --tcp-port ${this.#server.port} ${command}`);
  }

  async attach(name: string): Promise<FinishedCommand> {
    const attached = await this.usbip(`attach -r ${HOST_SEEN_BY_GUEST} -b ${this.busId(name)}`);
    await this.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
    return attached;
  }

  /** Detaches port 00, and waits until no hidraw device is left. */
  async detach(): Promise<void> {
    await this.run(
      'usbip detach -p 00 >/dev/null 2>&1; for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 || break; sleep 0.05; done',
    );
  }

  pull(name: string): void {
    this.#server.pull(this.busId(name));
  }

  busId(name: string): string {
    return this.#busIds.get(name) ?? '';
  }

  /** Touches a token, and records it with the traffic. */
  touch(token: LabToken, heldMs = 100): void {
    this.#recorders.find(({ name }) => name === token.name)?.touch(heldMs);
    token.touch(heldMs);
  }

  /** Waits until a hidraw device is there: some tools detach and bind the driver anew. */
  async untilBound(): Promise<void> {
    await this.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
  }

  saveTraffic(folder: string): void {
    for (const recorder of this.#recorders) recorder.save(folder);
  }

  async keysWhile(work: () => void): Promise<string> {
    await this.run(
      `rm -f /run/keys; (${NODE} ${READ_KEYS} > /run/keys 2>/run/keys-error &) ; for i in $(seq 200); do grep -q ready /run/keys 2>/dev/null && break; sleep 0.05; done`,
    );
    work();
    const { output } = await this.run(
      'for i in $(seq 100); do grep -q done /run/keys && break; sleep 0.05; done; cat /run/keys /run/keys-error',
    );
    return keysTyped(output);
  }
}
