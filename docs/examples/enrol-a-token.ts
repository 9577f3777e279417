// How an enrolment office gives a card a token, and what its holder then does with it. The token is
// an emulated one. node docs/examples/enrol-a-token.ts CARD
import { RamzClient } from '@ramz/client';
import { Device, InProcessTransport, instant, pluggable, RamzToken, readDeviceProfile } from '@ramz/token-emulator';

const [cardNumber = ''] = process.argv.slice(2);
const CLOCK_CATCHES_UP_MS = 1_000;

const office = new RamzClient({
  host: process.env['RAMZ_HOST'] ?? '127.0.0.1',
  port: Number(process.env['RAMZ_PORT'] ?? 50551),
  dataDir: process.env['RAMZ_DATA_DIR'] ?? '.ramz',
  caller: 'enrolment-office',
});

// A token on the bench: its clock starts a second behind the wall clock and catches up below.
const { profile } = readDeviceProfile('classic-time');
const identity = { serial: `BENCH-${cardNumber.slice(-4)}`, firmwareVersion: '1' };
const device = await Device.make({ identity, profile, now: instant(Date.now() - CLOCK_CATCHES_UP_MS) });
const token = new RamzToken(new InProcessTransport(pluggable(device).usb));

// The seed leaves the vault sealed to this token's own key: neither the office nor the wire sees
// it.
const { serial, publicKey } = await token.info();
const enrolled = await office
  .enrol({ cardNumber, purpose: 'PURPOSE_SECOND_PIN', tokenSerial: serial, tokenPublicKey: Buffer.from(publicKey) })
  .finally(() => office.close());
const { digits = 0, periodS: periodSeconds = 0, t0S = '0' } = enrolled.parameters ?? {};
const hash = enrolled.parameters?.hash as 'sha1' | 'sha256' | 'sha512';
await token.provision(
  enrolled.enrolmentId,
  { hash, digits, periodSeconds, t0Seconds: Number(t0S) },
  enrolled.sealedSeed,
);

// The holder presses the button and reads the glass.
await token.press();
device.runUntil(instant(Date.now()));
console.log(await token.readDisplay());
