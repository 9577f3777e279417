import type { Device } from '../../device/device.ts';
import { FramingError, type Message, Reassembly, toReports } from '../framing.ts';
import { ANSWER, COMMAND, readProvision, writeInfo } from './ramz-commands.ts';

/** The token's side of the protocol: reports in, reports out, one message at a time. */
export class RamzPersonality {
  readonly #device: Device;
  readonly #reassembly = new Reassembly();

  constructor(device: Device) {
    this.#device = device;
  }

  /** The reports that answer this one; none while a message is not whole. */
  async take(report: Uint8Array): Promise<Uint8Array[]> {
    const message = this.#whole(report);
    if (message === 'broken') return answer(COMMAND.error, report[1] ?? 0, ANSWER.malformed);
    return message === undefined ? [] : this.#answer(message);
  }

  #whole(report: Uint8Array): Message | undefined | 'broken' {
    try {
      return this.#reassembly.take(report);
    } catch (error) {
      if (error instanceof FramingError) return 'broken';
      throw error;
    }
  }

  async #answer({ command, exchange, payload }: Message): Promise<Uint8Array[]> {
    switch (command) {
      case COMMAND.info:
        return answer(command, exchange, ANSWER.ok, this.#info());
      case COMMAND.display:
        return answer(command, exchange, ANSWER.ok, Buffer.from(this.#device.display?.digits ?? '', 'latin1'));
      case COMMAND.press:
        this.#device.pressButton();
        return answer(command, exchange, this.#device.display === undefined ? ANSWER.not_in_this_state : ANSWER.ok);
      case COMMAND.provision:
        return answer(command, exchange, await this.#provision(payload));
      default:
        return answer(command, exchange, ANSWER.unknown_command);
    }
  }

  #info(): Uint8Array {
    const { identity, public_key, enrolment_id } = this.#device;
    return writeInfo({ ...identity, public_key, enrolment_id });
  }

  async #provision(payload: Uint8Array): Promise<number> {
    const read = readProvision(payload);
    if (read === undefined) return ANSWER.malformed;
    const { envelope, ...provision } = read;
    return (await this.#device.provision(provision, envelope)) ? ANSWER.ok : ANSWER.seed_refused;
  }
}

function answer(
  command: number,
  exchange: number,
  status: number,
  payload: Uint8Array = new Uint8Array(),
): Uint8Array[] {
  return toReports({ command, exchange, payload: Buffer.concat([Buffer.of(status), payload]) });
}
