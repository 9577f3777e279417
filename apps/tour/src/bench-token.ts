import { type Daemon, RamzClient } from '@ramz/client';
import {
  Device,
  InProcessTransport,
  instant,
  pluggable,
  RamzToken,
  readDeviceProfile,
  type TokenParameters,
  withoutShelf,
} from '@ramz/token-emulator';

/** The PIN of the card that a token is for. */
export type TourPurpose = 'PURPOSE_FIRST_PIN' | 'PURPOSE_SECOND_PIN';

export interface TourEnrolment {
  readonly generation: number;
  readonly logIndex: string;
  readonly envelopeBytes: number;
}

const ONE_STEP_MS = 60_000;

/** An emulated token: the device, and the host's driver connected to it. */
export class TourToken {
  readonly token: RamzToken;
  readonly #device: Device;

  private constructor(device: Device) {
    this.#device = device;
    this.token = new RamzToken(new InProcessTransport(pluggable(device).usb));
  }

  /**
   * Makes a token, new from the factory, that is one step slow: it shows the former code before the
   * current one.
   */
  static async make(serial: string): Promise<TourToken> {
    const identity = { serial, firmwareVersion: '0.1.0' };
    const profile = withoutShelf(readDeviceProfile('classic-time').profile);
    return new TourToken(await Device.make({ identity, profile, now: instant(Date.now() - ONE_STEP_MS) }));
  }

  /** Enrols the token for a card, as the enrolment office, and loads the sealed seed over HID. */
  async enrol(daemon: Daemon, cardNumber: string, purpose: TourPurpose): Promise<TourEnrolment> {
    const { serial, publicKey } = await this.token.info();
    const office = new RamzClient({ ...daemon, caller: 'enrolment-office' });
    const enrolled = await office
      .enrol({ cardNumber, purpose, tokenSerial: serial, tokenPublicKey: Buffer.from(publicKey) })
      .finally(() => office.close());
    const { hash = 'sha1', digits = 0, periodS: periodSeconds = 0, t0S } = enrolled.parameters ?? {};
    const parameters = { hash, digits, periodSeconds, t0Seconds: Number(t0S) } as TokenParameters;
    await this.token.provision(enrolled.enrolmentId, parameters, enrolled.sealedSeed);
    const { generation, logIndex, sealedSeed } = enrolled;
    return { generation, logIndex, envelopeBytes: sealedSeed.length };
  }

  /** Presses the button and reads the display. */
  async press(): Promise<string> {
    await this.token.press();
    const shown = await this.token.readDisplay();
    if (shown === undefined) throw new Error('the display is dark after a press');
    return shown;
  }

  /** Advances the token's time to the wall clock. */
  catchUp(): void {
    this.#device.runUntil(instant(Date.now()));
  }
}
