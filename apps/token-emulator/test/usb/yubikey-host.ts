// A host that drives a YubiKey as its vendor's tools do: frames of feature reports in, key strokes
// out.
import { createDecipheriv } from 'node:crypto';
import { instant } from '@ramz/token-emulator';
import { Device } from '../../src/device/device.ts';
import { readDeviceProfile } from '../../src/profile/read-device-profile.ts';
import { crc16, withCrc16 } from '../../src/usb/crc.ts';
import { type PluggableToken, pluggable } from '../../src/usb/personalities/plug-token.ts';

export const START = instant(Date.UTC(2026, 0, 1));
export const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const MODHEX = 'cbdefghijklnrtuv';

interface Fields {
  fixed?: Buffer;
  uid?: Buffer;
  key?: Buffer;
  extended?: number;
  ticket?: number;
  config?: number;
}

function record({ fixed, uid, key, extended = 0, ticket = 0, config = 0 }: Fields): Buffer {
  const bytes = Buffer.alloc(50);
  bytes.set(fixed ?? []);
  bytes.set(uid ?? [], 16);
  bytes.set(key ?? KEY, 22);
  bytes.set([fixed?.length ?? 0, extended, ticket, config], 44);
  return Buffer.from(withCrc16(bytes));
}

export class YubiKeyHost {
  readonly token: PluggableToken;

  constructor(token: PluggableToken, isPlugged = true) {
    this.token = token;
    if (isPlugged) token.usb.attached(true);
  }

  static async plugIn(): Promise<YubiKeyHost> {
    const identity = { serial: 'RZ-1', firmwareVersion: '0.1.0' };
    const { profile } = readDeviceProfile('usb-token');
    return new YubiKeyHost(pluggable(await Device.make({ identity, profile, now: START, seed: 1 }), 'yubikey-otp'));
  }

  get #keyboard() {
    const [keyboard] = this.token.usb.personality.functions;
    if (keyboard === undefined) throw new Error('a YubiKey is a keyboard');
    return keyboard;
  }

  send(command: number, payload: Uint8Array): void {
    const frame = Buffer.alloc(70);
    frame.set(payload);
    frame[64] = command;
    frame.writeUInt16LE(crc16(frame.subarray(0, 64)), 65);
    for (let i = 0; i < 10; i++)
      this.#keyboard.setFeature(Uint8Array.of(...frame.subarray(7 * i, 7 * i + 7), 0x80 | i));
  }

  get status() {
    const status = this.#keyboard.getFeature();
    return { sequence: status[4], touchLevel: status[5] };
  }

  /** Reads an answer; empty if there is none. */
  answer(): Buffer {
    const bytes: number[] = [];
    for (let i = 0; i < 10; i++) {
      const report = this.#keyboard.getFeature();
      if (((report[7] ?? 0) & 0x40) === 0 || (i > 0 && report[7] === 0x40)) break;
      bytes.push(...report.subarray(0, 7));
    }
    return Buffer.from(bytes);
  }

  write(slot: 1 | 2, fields: Fields): void {
    this.send(slot === 1 ? 1 : 3, record(fields));
  }

  update(slot: 1 | 2, fields: Fields): void {
    this.send(slot === 1 ? 4 : 5, record(fields));
  }

  replug(): void {
    this.token.usb.attached(false);
    this.token.usb.attached(true);
  }

  /** Touches, and returns the raw key presses. */
  strokes(heldMs = 100): { usage: number; modifiers: number }[] {
    this.token.touch(heldMs);
    const seen: { usage: number; modifiers: number }[] = [];
    for (let report = this.#keyboard.inputs.takeNow(); report !== undefined; report = this.#keyboard.inputs.takeNow()) {
      seen.push({ usage: report[2] ?? 0, modifiers: report[0] ?? 0 });
    }
    return seen;
  }

  typed(heldMs = 100): string {
    return this.strokes(heldMs)
      .filter(({ usage }) => usage !== 0)
      .map(({ usage, modifiers }) => letterOf(usage, modifiers))
      .join('');
  }

  /** The counters of a ticket, decrypted: use, session. */
  counters(heldMs = 100): [number, number] {
    const ticket = this.typed(heldMs).slice(-32);
    const bytes = Buffer.from(
      ticket
        .split('')
        .map((letter) => MODHEX.indexOf(letter).toString(16))
        .join(''),
      'hex',
    );
    const plain = createDecipheriv('aes-128-ecb', KEY, null).setAutoPadding(false).update(bytes);
    return [plain.readUInt16LE(6), plain[11] ?? -1];
  }
}

function letterOf(usage: number, modifiers: number): string {
  if (usage === 0x28) return '\n';
  if (usage === 0x2b) return '\t';
  if (usage >= 0x59) return `[${(usage - 0x58) % 10}]`;
  if (usage >= 0x1e) return String((usage - 0x1d) % 10);
  const letter = String.fromCharCode(93 + usage);
  return modifiers === 0 ? letter : letter.toUpperCase();
}
