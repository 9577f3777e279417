// npm run test:linux: runs the emulated tokens against a real kernel and third-party tools. Each
// step names what it expects, and the last line counts them.
import { fileURLToPath } from 'node:url';
import { sealEnvelope } from '@ramz/custody';
import { formatCode, HmacKey, hotpDigits, Secret, totp } from '@ramz/otp-core';
import { instant, Laboratory, type LabToken, Pace, UsbIpServer } from '@ramz/token-emulator';
import { fetchTools, ToolsMissing } from './fetch-tools.ts';
import { type FinishedCommand, Guest, HOST_SEEN_BY_GUEST } from './guest.ts';
import { keysTyped } from './keys-typed.ts';
import { type Recorder, recorderOf } from './recorder.ts';

const EXIT_MISSING = 75;
const NODE = process.execPath;
const TOKEN_CLI = fileURLToPath(new URL('../../apps/token-emulator/bin/ramz-token.js', import.meta.url));
const READ_KEYS = fileURLToPath(new URL('./read-keys.mjs', import.meta.url));
const UHID_GUEST = fileURLToPath(new URL('./uhid-guest.mjs', import.meta.url));
/** FIPS 198, example A.2, as in the manual page of ykchalresp. */
const NIST_KEY = '303132333435363738393a3b3c3d3e3f40414243';
const NIST_MAC = '0922d3405faa3d194f82a45830737d5cc6c75d24';
/** RFC 4226, appendix D: the key in hexadecimal, and its first codes. */
const RFC_KEY = '3132333435363738393031323334353637383930';
const RFC_CODES = ['755224', '287082', '359152'];
const ATTACHES = 50;
const SEED = Number(process.env['RAMZ_SEED'] ?? 1);

const results: { readonly name: string; readonly passed: boolean }[] = [];

function note(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  try {
    await work();
    results.push({ name, passed: true });
    note(`ok      ${name} (${((performance.now() - beganMs) / 1_000).toFixed(1)} s)`);
  } catch (error) {
    results.push({ name, passed: false });
    note(
      `FAILED  ${name}\n        ${error instanceof Error ? error.message.replaceAll('\n', '\n        ') : String(error)}`,
    );
  }
}

function expectIn({ output, code }: FinishedCommand, wanted: string | RegExp, wantedCode = 0): void {
  const found = typeof wanted === 'string' ? output.includes(wanted) : wanted.test(output);
  if (!found || code !== wantedCode) throw new Error(`exit ${code}, wanted ${wantedCode} and ${wanted} in:\n${output}`);
}

/** A USB/IP bus with one token of each kind, and the guest that attaches them. */
class Bench {
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
  touch(token: LabToken): void {
    this.#recorders.find(({ name }) => name === token.name)?.touch(100);
    token.touch(100);
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

async function listing(bench: Bench): Promise<void> {
  await step('usbip list shows three devices, with their numbers', async () => {
    const listed = await bench.usbip(`list -r ${HOST_SEEN_BY_GUEST}`);
    for (const id of ['1209:0001', '1050:0010', '20a0:4108']) expectIn(listed, id);
  });
  await step('usbip attach of a device that is not there fails', async () => {
    expectIn(await bench.usbip(`attach -r ${HOST_SEEN_BY_GUEST} -b 9-9`), /failed/i, 1);
  });
}

async function ramz(bench: Bench, token: LabToken): Promise<void> {
  const cli = (rest: string) => bench.run(`${NODE} ${TOKEN_CLI} ${rest}`);
  const seed = new Uint8Array(20).fill(7);
  await step('ramz: attached, the kernel binds hid-generic to two interfaces', async () => {
    await bench.attach(token.name);
    await bench.run('sleep 0.5');
    const seen = await bench.run('for f in /sys/class/hidraw/*/device/uevent; do grep HID_NAME $f; done');
    expectIn(seen, 'Ramz laboratory Ramz token (emulated)');
    if (seen.output.split('\n').length !== 2) throw new Error(`two interfaces were wanted:\n${seen.output}`);
  });
  await step('ramz: node-hid lists it and reads its identity', async () => {
    expectIn(await cli('list'), token.device.identity.serial);
    expectIn(await cli('info --json'), token.device.identity.serial);
  });
  await step("ramz: a sealed seed is loaded over the bus, and a press shows otp-core's code", async () => {
    const id = '00112233445566778899aabbccddeeff';
    const envelope = await sealEnvelope('seed', token.device.publicKey, Secret.copy(seed), id);
    await bench.run(`printf %s '${Buffer.from(envelope).toString('base64')}' | base64 -d > /run/sealed`);
    expectIn(await cli(`provision /run/sealed --enrolment ${id} --digits 8`), id);
    const pressed = await cli('press --json');
    const { display } = JSON.parse(pressed.output) as { display: string };
    const steps = { periodSeconds: 60, t0Seconds: 0 };
    const near = [0, -60_000].map((backMs) =>
      formatCode(totp(HmacKey.from('sha1', Secret.copy(seed)), token.device.deviceTime + backMs, steps, hotpDigits(8))),
    );
    if (!near.includes(display)) throw new Error(`${display} is none of ${near.join(', ')}`);
  });
  await step('ramz: the keyboard types the code as key events', async () => {
    const typed = await bench.keysWhile(() => bench.touch(token));
    if (!/^[0-9]{8}$/.test(typed)) throw new Error(`eight digits were wanted: ${typed}`);
  });
  await step('ramz: unplugged in use, the host reports it, and plugged in again it works', async () => {
    bench.pull(token.name);
    await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 || break; sleep 0.05; done');
    expectIn(await cli('info'), 'no token is plugged in', 69);
    await bench.attach(token.name);
    await bench.run('sleep 0.5');
    expectIn(await cli('info'), token.device.identity.serial);
  });
  await bench.detach();
  await step(`ramz: ${ATTACHES} attaches in a row, each enumerated`, async () => {
    for (let i = 0; i < ATTACHES; i++) {
      await bench.attach(token.name);
      const { output } = await bench.run('ls /dev/hidraw* 2>&1');
      if (!output.startsWith('/dev/hidraw')) throw new Error(`attach ${i + 1}: ${output}`);
      await bench.detach();
    }
  });
}

async function yubikey(bench: Bench, token: LabToken): Promise<void> {
  await bench.attach(token.name);
  await step('yubikey: ykinfo reads version, serial and slots', async () => {
    const info = await bench.run('ykinfo -a');
    for (const line of ['version: 2.4.3', /serial: 99\d{6}/, 'slot1_status: 0', 'slot2_status: 0'])
      expectIn(info, line);
  });
  await step('yubikey: ykpersonalize programs HMAC, ykchalresp answers as FIPS 198 A.2', async () => {
    expectIn(await bench.run(`ykpersonalize -2 -ochal-resp -ochal-hmac -ohmac-lt64 -a${NIST_KEY} -y`), /Commit|comm/i);
    expectIn(await bench.run("ykchalresp -2 'Sample #2'"), NIST_MAC);
  });
  await step('yubikey: ykinfo sees the slot', async () => expectIn(await bench.run('ykinfo -2'), 'slot2_status: 1'));
  await step('yubikey: a slot under an access code is changed with it and not without', async () => {
    expectIn(
      await bench.run(
        'ykpersonalize -1 -oaccess=112233445566 -ofixed=cccccccccccb -a00112233445566778899aabbccddeeff -y',
      ),
      /Commit/i,
    );
    const without = await bench.run('ykpersonalize -1 -z -y');
    if (without.code === 0 && !/fail|error|not/i.test(without.output))
      throw new Error(`it was deleted without its code:\n${without.output}`);
    expectIn(await bench.run('ykpersonalize -1 -z -c112233445566 -y'), /delet|Commit|zap/i);
  });
  await step('yubikey: a button types RFC 4226 codes and Enter', async () => {
    expectIn(await bench.run(`ykpersonalize -1 -ooath-hotp -ooath-imf=0 -oappend-cr -a${RFC_KEY} -y`), /Commit/i);
    for (const code of RFC_CODES) {
      const typed = await bench.keysWhile(() => bench.touch(token));
      if (typed !== `${code}\n`) throw new Error(`${code} and Enter were wanted: ${JSON.stringify(typed)}`);
    }
  });
  await step('yubikey: a challenge that needs a touch waits for it', async () => {
    expectIn(
      await bench.run(`ykpersonalize -2 -ochal-resp -ochal-hmac -ohmac-lt64 -ochal-btn-trig -a${NIST_KEY} -y`),
      /Commit/i,
    );
    expectIn(await bench.run("ykchalresp -2 -N 'Sample #2'"), /block/, 1);
    const answered = bench.run("ykchalresp -2 'Sample #2'");
    await new Promise((later) => setTimeout(later, 1_500));
    bench.touch(token);
    expectIn(await answered, NIST_MAC);
  });
  await step('yubikey: ykman lists, swaps and calculates over hidraw', async () => {
    await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
    expectIn(await bench.run('ykman list'), /YubiKey/);
    expectIn(await bench.run('ykman otp info'), /Slot 1: programmed[\s\S]*Slot 2: programmed/);
    expectIn(await bench.run('ykman otp swap -f'), '');
    expectIn(await bench.run('ykinfo -1'), 'slot1_status: 1');
  });
  await step('yubikey: ykman deletes a slot', async () => {
    await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done');
    expectIn(await bench.run('ykman otp delete -f 1'), /Deleting|delet/i);
    expectIn(await bench.run('ykinfo -1'), 'slot1_status: 0');
  });
  await bench.detach();
}

async function nitrokey(bench: Bench, token: LabToken): Promise<void> {
  await bench.attach(token.name);
  const cli = (rest: string) =>
    bench.run(`NITROCLI_ADMIN_PIN=12345678 NITROCLI_USER_PIN=123456 NITROCLI_NO_CACHE=1 nitrocli ${rest}`);
  await step('nitrokey: nitrocli status', async () => {
    expectIn(await cli('status'), /firmware version:\s+v?0\.8/);
  });
  await step('nitrokey: an HOTP slot gives RFC 4226 codes', async () => {
    expectIn(await cli(`otp set 0 ramz ${RFC_KEY} --algorithm hotp --digits 6 --format hex`), '');
    for (const code of RFC_CODES) expectIn(await cli('otp get 0 --algorithm hotp'), code);
    expectIn(await cli('otp status'), 'ramz');
  });
  await step('nitrokey: a TOTP slot gives RFC 6238 codes', async () => {
    expectIn(await cli(`otp set 1 time ${RFC_KEY} --algorithm totp --digits 8 --time-window 30 --format hex`), '');
    expectIn(await cli('otp get 1 --algorithm totp --time 1111111109'), '07081804');
  });
  await step('nitrokey: a wrong admin PIN is refused and counted', async () => {
    expectIn(
      await bench.run('NITROCLI_ADMIN_PIN=00000000 NITROCLI_NO_CACHE=1 nitrocli otp clear 0 --algorithm hotp'),
      /password is wrong/i,
      1,
    );
    expectIn(await cli('status'), /admin retry count:\s+2/);
    expectIn(await cli('otp clear 0 --algorithm hotp'), '');
  });
  await bench.detach();
}

async function uhid(bench: Bench): Promise<void> {
  await step('uhid: plain Node makes a HID device in the guest; node-hid reads it', async () => {
    await bench.run(
      `(${NODE} ${UHID_GUEST} > /run/uhid 2>&1 &); for i in $(seq 300); do ls /dev/hidraw* >/dev/null 2>&1 && break; sleep 0.05; done`,
    );
    const info = await bench.run(`${NODE} ${TOKEN_CLI} info`);
    expectIn(info, 'RZ-000001');
    expectIn(await bench.run('cat /run/uhid'), 'made');
    await bench.run('pkill -f uhid-guest; true');
  });
}

const beganMs = performance.now();
let guest: Guest | undefined;
try {
  const tools = fetchTools(note);
  note("booting Debian's kernel without KVM ...");
  guest = await Guest.boot(tools);
} catch (error) {
  if (!(error instanceof ToolsMissing)) throw error;
  note(`the kernel tests cannot run here: ${error.message}`);
  process.exit(EXIT_MISSING);
}
note(`up after ${((performance.now() - beganMs) / 1_000).toFixed(1)} s; RAMZ_SEED=${SEED}`);
const server = await UsbIpServer.listen(0);
const laboratory = new Laboratory({ now: instant(Date.now()), seed: SEED, allowsVendorIdentity: true });
const bench = new Bench(guest, server, laboratory);
const pace = new Pace(laboratory, 1, () => Date.now());
const ofRamz = await laboratory.add({ profile: 'usb-token', interfaces: 'keyboard-and-vendor' });
const ofYubikey = await laboratory.add({ profile: 'usb-token', personality: 'yubikey-otp' });
const ofNitrokey = await laboratory.add({ profile: 'usb-token', personality: 'nitrokey-hotp' });
try {
  await listing(bench);
  await ramz(bench, ofRamz);
  await yubikey(bench, ofYubikey);
  await nitrokey(bench, ofNitrokey);
  await uhid(bench);
  const record = process.env['RAMZ_RECORD'];
  if (record !== undefined) bench.saveTraffic(record);
} finally {
  pace.stop();
  await guest.stop();
  await server.close();
}
const failed = results.filter(({ passed }) => !passed).length;
note(`${((performance.now() - beganMs) / 1_000).toFixed(0)} s in all`);
note(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
