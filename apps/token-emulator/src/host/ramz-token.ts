import { KEYS, type Key } from '../firmware/token-event.ts';
import type { TokenParameters } from '../firmware/token-state.ts';
import type { HidTransport } from '../transport/hid-transport.ts';
import { FramingError, type Message, Reassembly, toReports } from '../usb/personalities/ramz/framing.ts';
import {
  ANSWER,
  COMMAND,
  HELD_MS_MAX,
  readCondition,
  readInfo,
  type TokenCondition,
  type TokenInfo,
  writeProvision,
} from '../usb/personalities/ramz/ramz-commands.ts';
import { TokenRefused } from './find-tokens.ts';

const ANSWER_TIMEOUT_MS = 2_000;

const REFUSALS: Readonly<Record<number, TokenRefused['reason']>> = {
  [ANSWER.unknownCommand]: 'unknown-command',
  [ANSWER.malformed]: 'malformed',
  [ANSWER.seedRefused]: 'seed-refused',
  [ANSWER.notInThisState]: 'not-in-this-state',
};

/** The host's side of the protocol, the same for an emulated token and a physical one. */
export class RamzToken {
  readonly #transport: HidTransport;
  readonly #timeoutMs: number;
  #exchange = 0;

  /** @param timeoutMs for one answer: a token answers in milliseconds and waits for no person */
  constructor(transport: HidTransport, timeoutMs: number = ANSWER_TIMEOUT_MS) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws TokenRefused */
  async info(): Promise<TokenInfo> {
    const info = readInfo(await this.#ask(COMMAND.info));
    if (info === undefined) throw new TokenRefused('bad-answer');
    return info;
  }

  /**
   * Returns what the glass shows; undefined when it is dark.
   * @throws TokenRefused
   */
  async readDisplay(): Promise<string | undefined> {
    const digits = Buffer.from(await this.#ask(COMMAND.display)).toString('latin1');
    return digits === '' ? undefined : digits;
  }

  /**
   * Returns the token's current condition.
   * @throws TokenRefused
   */
  async condition(): Promise<TokenCondition> {
    const condition = readCondition(await this.#ask(COMMAND.state));
    if (condition === undefined) throw new TokenRefused('bad-answer');
    return condition;
  }

  /**
   * Presses the button of a laboratory token, for at most 25.5 s.
   * @throws TokenRefused `not-in-this-state` if the glass stays dark
   */
  async press(heldMs = 100): Promise<void> {
    await this.#ask(COMMAND.press, Uint8Array.of(Math.min(HELD_MS_MAX, heldMs) / 100));
  }

  /**
   * Presses a key of a laboratory token's keypad.
   * @throws TokenRefused `not-in-this-state` if it has none
   */
  async key(key: Key): Promise<void> {
    await this.#ask(COMMAND.key, Uint8Array.of(KEYS.indexOf(key)));
  }

  /**
   * Sends a challenge.
   * @returns the answer on the glass
   * @throws TokenRefused
   */
  async challenge(challenge: string): Promise<string> {
    await this.#ask(COMMAND.challenge, Buffer.from(challenge, 'latin1'));
    return (await this.readDisplay()) ?? '';
  }

  /**
   * Sets the PIN of a provisioned token that supports PINs and has none yet.
   * @throws TokenRefused
   */
  async setPin(digits: string): Promise<void> {
    await this.#ask(COMMAND.setPin, Buffer.from(digits, 'latin1'));
  }

  /**
   * Sets the token's clock.
   * @throws TokenRefused `not-in-this-state` if the device does not allow it
   */
  async setClock(timeMs: number): Promise<void> {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(timeMs));
    await this.#ask(COMMAND.setClock, bytes);
  }

  /**
   * Loads a sealed seed.
   * @throws TokenRefused `seed-refused` if it was sealed for another device
   */
  async provision(enrolmentId: string, parameters: TokenParameters, sealedSeed: Uint8Array): Promise<void> {
    await this.#ask(COMMAND.provision, writeProvision(enrolmentId, parameters, sealedSeed));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #ask(command: number, payload: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
    this.#exchange = (this.#exchange + 1) & 0xff;
    for (const report of toReports({ command, exchange: this.#exchange, payload })) {
      await this.#transport.write(Buffer.concat([Buffer.of(0), report]));
    }
    const answer = await this.#answer();
    const [status = ANSWER.malformed] = answer.payload;
    const refusal = REFUSALS[status];
    if (refusal !== undefined) throw new TokenRefused(refusal);
    if (answer.command !== command || status !== ANSWER.ok) throw new TokenRefused('bad-answer');
    return answer.payload.subarray(1);
  }

  async #answer(): Promise<Message> {
    const reassembly = new Reassembly();
    for (;;) {
      const report = await this.#transport.read(this.#timeoutMs);
      if (report === undefined) throw new TokenRefused('no-answer');
      const message = whole(reassembly, report);
      // Skips the late answer to an earlier exchange that timed out.
      if (message?.exchange === this.#exchange) return message;
    }
  }
}

function whole(reassembly: Reassembly, report: Uint8Array): Message | undefined {
  try {
    return reassembly.take(report);
  } catch (error) {
    if (error instanceof FramingError) throw new TokenRefused('bad-answer');
    throw error;
  }
}
