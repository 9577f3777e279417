// npm run test:linux: runs the emulated tokens against a real kernel and third-party tools, on two
// processors and on one. Each step names what it expects, and the last line counts them.
import { fileURLToPath } from 'node:url';
import { sealEnvelope } from '@ramz/custody';
import { formatCode, HmacKey, hotpDigits, Secret, totp } from '@ramz/otp-core';
import { instant, Laboratory, type LabToken, Pace, UsbIpServer } from '@ramz/token-emulator';
import { Bench } from './bench.ts';
import { fetchTools, ToolsMissing } from './fetch-tools.ts';
import { Guest, HOST_SEEN_BY_GUEST } from './guest.ts';
import { nitrokeySteps } from './nitrokey-steps.ts';
import { expectIn, note, results, step } from './steps.ts';
import { yubikeySteps } from './yubikey-steps.ts';

const EXIT_MISSING = 75;
const NODE = process.execPath;
const TOKEN_CLI = fileURLToPath(new URL('../../apps/token-emulator/bin/ramz-token.js', import.meta.url));
const UHID_GUEST = fileURLToPath(new URL('./uhid-guest.mjs', import.meta.url));
const ATTACHES = 50;
const TOKENS_AT_ONCE = 14;
const SEED = Number(process.env['RAMZ_SEED'] ?? 1);

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

/** The kernel's driver lists its ports while it changes them: "usbip" may fail to read the list. */
async function attachPatiently(bench: Bench, name: string): Promise<void> {
  const attach = () => bench.usbip(`attach -r ${HOST_SEEN_BY_GUEST} -b ${bench.busId(name)}`);
  let attached = await attach();
  for (let i = 0; i < 5 && attached.output.includes('open vhci_driver'); i++) {
    await bench.run('sleep 0.5');
    attached = await attach();
  }
  expectIn(attached, '');
}

/** Many tokens at once, then pyusb without a driver of the kernel's. */
async function manyTokens(bench: Bench): Promise<void> {
  const tokens: LabToken[] = [];
  for (let i = 0; i < TOKENS_AT_ONCE; i++) tokens.push(await bench.laboratory.add({ profile: 'usb-token' }));
  await step(`${TOKENS_AT_ONCE} tokens at once, all enumerated and listed`, async () => {
    for (const { name } of tokens) await attachPatiently(bench, name);
    const count = 'ls /dev/hidraw* 2>/dev/null | wc -l';
    await bench.run(`for i in $(seq 200); do [ $(${count}) -ge ${TOKENS_AT_ONCE} ] && break; sleep 0.1; done`);
    const listed = await bench.run(`${NODE} ${TOKEN_CLI} list`);
    for (const { device } of tokens) expectIn(listed, device.identity.serial);
  });
  await step('pyusb finds them, and reads strings without the kernel driver', async () => {
    const all = 'usb.core.find(find_all=True, idVendor=0x1209)';
    const program = `import usb.core; print(sum(d.product.startswith('Ramz') for d in ${all}))`;
    expectIn(await bench.run(`python3 -c "${program}"`), String(TOKENS_AT_ONCE));
  });
  await bench.run(`for port in $(seq 0 ${2 * TOKENS_AT_ONCE}); do usbip detach -p $port >/dev/null 2>&1; done`);
  await bench.run('for i in $(seq 100); do ls /dev/hidraw* >/dev/null 2>&1 || break; sleep 0.05; done');
}

/** Fast typing on one processor: all that a key types arrives. */
async function oneProcessor(bench: Bench, token: LabToken): Promise<void> {
  await bench.attach(token.name);
  await step('on one processor, 44 characters arrive one by one, three times', async () => {
    await bench.untilBound();
    const ids = '-ofixed=vvccccdddddd -ouid=010203040506 -a000102030405060708090a0b0c0d0e0f -oappend-cr';
    expectIn(await bench.run(`ykpersonalize -1 ${ids} -y`), /Commit/i);
    for (let i = 0; i < 3; i++) {
      const typed = await bench.keysWhile(() => bench.touch(token));
      if (!/^vvccccdddddd[cbdefghijklnrtuv]{32}\n$/.test(typed)) throw new Error(JSON.stringify(typed));
    }
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

/** Boots a guest with so many processors, and runs steps on a bus of fresh tokens. */
async function onGuest(processors: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  const bootedMs = performance.now();
  const guest = await Guest.boot(fetchTools(note), processors);
  note(`up with ${processors} processors after ${((performance.now() - bootedMs) / 1_000).toFixed(1)} s`);
  const server = await UsbIpServer.listen(0);
  const laboratory = new Laboratory({ now: instant(Date.now()), seed: SEED, allowsVendorIdentity: true });
  const bench = new Bench(guest, server, laboratory);
  const pace = new Pace(laboratory, 1, () => Date.now());
  try {
    await work(bench);
  } finally {
    pace.stop();
    await guest.stop();
    await server.close();
  }
}

note(`RAMZ_SEED=${SEED}; booting Debian's kernel without KVM ...`);
try {
  await onGuest(2, async (bench) => {
    const { laboratory } = bench;
    const ofRamz = await laboratory.add({ profile: 'usb-token', interfaces: 'keyboard-and-vendor' });
    const ofYubikey = await laboratory.add({ profile: 'usb-token', personality: 'yubikey-otp' });
    const ofNitrokey = await laboratory.add({ profile: 'usb-token', personality: 'nitrokey-hotp' });
    await listing(bench);
    await ramz(bench, ofRamz);
    await yubikeySteps(bench, ofYubikey);
    await nitrokeySteps(bench, ofNitrokey);
    await uhid(bench);
    await manyTokens(bench);
    const record = process.env['RAMZ_RECORD'];
    if (record !== undefined) bench.saveTraffic(record);
  });
  await onGuest(1, async (bench) => {
    await oneProcessor(bench, await bench.laboratory.add({ profile: 'usb-token', personality: 'yubikey-otp' }));
  });
} catch (error) {
  if (!(error instanceof ToolsMissing)) throw error;
  note(`the kernel tests cannot run here: ${error.message}`);
  process.exit(EXIT_MISSING);
}
const failed = results.filter(({ passed }) => !passed).length;
note(`${((performance.now() - beganMs) / 1_000).toFixed(0)} s in all`);
note(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
