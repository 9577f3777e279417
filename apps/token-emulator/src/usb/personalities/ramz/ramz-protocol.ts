import type { Device } from '../../../device/device.ts';
import { type DeviceTimeMs, deviceTime } from '../../../time/instant.ts';
import { FramingError, type Message, Reassembly, toReports } from './framing.ts';
import { ANSWER, COMMAND, readKey, readProvision, writeCondition, writeInfo } from './ramz-commands.ts';

/** A challenge is text in the suite's format, of at most 64 characters. */
const CHALLENGE = /^[0-9A-Za-z]{4,64}$/;

/** An answer: its status and its payload. */
interface Said {
  readonly status: number;
  readonly payload?: Uint8Array;
}

const OK: Said = { status: ANSWER.ok };
const MALFORMED: Said = { status: ANSWER.malformed };
const NOT_NOW: Said = { status: ANSWER.notInThisState };

/** The token's side of the protocol: reports in, reports out, one message at a time. */
export class RamzProtocol {
  readonly #device: Device;
  readonly #reassembly = new Reassembly();
  // A message waits for the one before it: the next report may arrive while a seed is being opened.
  #last: Promise<unknown> = Promise.resolve();

  constructor(device: Device) {
    this.#device = device;
  }

  /** Returns the reports that answer this one; none while a message is incomplete. */
  take(report: Uint8Array): Promise<Uint8Array[]> {
    const taken = this.#last.then(() => this.#takeOne(report));
    this.#last = taken.catch(() => {});
    return taken;
  }

  async #takeOne(report: Uint8Array): Promise<Uint8Array[]> {
    const message = this.#whole(report);
    if (message === 'broken') return answer(COMMAND.error, report[1] ?? 0, MALFORMED);
    if (message === undefined) return [];
    return answer(message.command, message.exchange, await this.#say(message));
  }

  #whole(report: Uint8Array): Message | undefined | 'broken' {
    try {
      return this.#reassembly.take(report);
    } catch (error) {
      if (error instanceof FramingError) return 'broken';
      throw error;
    }
  }

  async #say({ command, payload }: Message): Promise<Said> {
    switch (command) {
      case COMMAND.info:
        return { status: ANSWER.ok, payload: this.#info() };
      case COMMAND.display:
        return { status: ANSWER.ok, payload: Buffer.from(this.#device.display ?? '', 'latin1') };
      case COMMAND.state:
        return { status: ANSWER.ok, payload: this.#condition() };
      case COMMAND.press:
        return this.#press(payload);
      case COMMAND.key:
        return this.#key(payload);
      case COMMAND.challenge:
        return this.#challenge(payload);
      case COMMAND.setPin:
        return this.#setPin(payload);
      case COMMAND.setClock:
        return this.#setClock(payload);
      case COMMAND.provision:
        return this.#provision(payload);
      default:
        return { status: ANSWER.unknownCommand };
    }
  }

  #info(): Uint8Array {
    const { identity, publicKey, enrolmentId } = this.#device;
    return writeInfo({ ...identity, publicKey, enrolmentId });
  }

  #condition(): Uint8Array {
    const { stateName: state, counter, pinTriesLeft, deviceTime: tokenTime, supplyVolts } = this.#device;
    const clockSeconds = Math.floor(tokenTime / 1_000);
    return writeCondition({ state, counter, pinTriesLeft, clockSeconds, supplyMV: Math.round(supplyVolts * 1_000) });
  }

  /** Presses the button for the payload's tenths of a second; without a payload, for one. */
  #press(payload: Uint8Array): Said {
    if (payload.length > 1) return MALFORMED;
    this.#device.pressButton((payload[0] ?? 1) * 100);
    return this.#device.display === undefined ? NOT_NOW : OK;
  }

  #key(payload: Uint8Array): Said {
    const key = readKey(payload);
    if (key === undefined) return MALFORMED;
    this.#device.pressKey(key);
    return this.#device.profile.keypad ? OK : NOT_NOW;
  }

  #challenge(payload: Uint8Array): Said {
    const challenge = Buffer.from(payload).toString('latin1');
    if (!CHALLENGE.test(challenge)) return MALFORMED;
    return this.#device.challenge(challenge) ? OK : NOT_NOW;
  }

  #setPin(payload: Uint8Array): Said {
    if (payload.length === 0 || payload.some((byte) => byte < 0x30 || byte > 0x39)) return MALFORMED;
    return this.#device.setPin(Uint8Array.from(payload)) ? OK : NOT_NOW;
  }

  #setClock(payload: Uint8Array): Said {
    if (payload.length !== 8) return MALFORMED;
    const timeMs = Number(Buffer.from(payload).readBigUInt64BE(0));
    if (!Number.isSafeInteger(timeMs)) return MALFORMED;
    const time: DeviceTimeMs = deviceTime(timeMs);
    return this.#device.setClock(time) ? OK : NOT_NOW;
  }

  async #provision(payload: Uint8Array): Promise<Said> {
    const read = readProvision(payload);
    if (read === undefined) return MALFORMED;
    const { envelope, ...provision } = read;
    return (await this.#device.provision(provision, envelope)) ? OK : { status: ANSWER.seedRefused };
  }
}

function answer(command: number, exchange: number, { status, payload = new Uint8Array() }: Said): Uint8Array[] {
  return toReports({ command, exchange, payload: Buffer.concat([Buffer.of(status), payload]) });
}
