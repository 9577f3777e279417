import { getRandomValues } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isLongPassphrase, PASSPHRASE_CHARACTERS_MIN, passphraseOfFile } from '@ramz/custody';
import { Secret, secretBytes } from '@ramz/otp-core';
import type { Device } from '../device/device.ts';
import { Laboratory, type LabToken } from '../lab/laboratory.ts';
import { loadSeed } from '../lab/load-seed.ts';
import { Pace } from '../lab/pace.ts';
import { serveLab } from '../lab/serve-lab.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { readInstant } from '../time/read-instant.ts';
import { UhidDevice } from '../transport/uhid.ts';
import { USBIP_PORT } from '../transport/usbip/usbip-messages.ts';
import { UsbIpServer } from '../transport/usbip/usbip-server.ts';
import type { BusDevice } from '../usb/bus-device.ts';
import { pcapHead, pcapRecords } from '../usb/pcap.ts';
import { isOfVendor, type PersonalityName } from '../usb/personalities/personality-names.ts';
import { TappedWire } from '../usb/tapped-wire.ts';

const LOOK_FOR_PARENT_MS = 1_000;
const SEED_BYTES = 20;
/** Transfer ids per device, so that each device has its own range. */
const TRANSFERS_A_DEVICE = 1_000_000_000;
// Not all zeros, because zeros mean that a token is blank.
const ENROLMENT = 'f'.repeat(32);

/** The options of `ramz-token run`. */
export interface RunOptions {
  readonly profile: string;
  readonly personality: PersonalityName;
  readonly vendorIdentity: boolean;
  readonly keyboard: boolean;
  readonly blank: boolean;
  readonly count: number;
  readonly seed: number;
  readonly speed: number;
  readonly start?: string;
  /** A file to continue from and to write at the end, and the file of its passphrase. */
  readonly state?: string;
  readonly passphraseFile?: string;
  /** A fleet's file, and whose token of it to open. */
  readonly fleet?: string;
  readonly customer: number;
  readonly usbipPort: number;
  readonly labPort: number;
  readonly pcap?: string;
  readonly uhid: boolean;
  readonly json: boolean;
}

/** Runs until a signal or the end of its parent stops it. */
export async function runLaboratory(options: RunOptions): Promise<void> {
  const { seed, speed } = options;
  const start = options.start === undefined ? instant(Date.now()) : readStart(options.start);
  const allowsVendorIdentity = options.vendorIdentity;
  const laboratory = new Laboratory({ now: start, seed, allowsVendorIdentity });
  const usbip = await UsbIpServer.listen(options.usbipPort);
  const busIds = new Map<LabToken, string>();
  let plugged = 0;
  laboratory.onToken = (token) => {
    plugged += 1;
    const busId = usbip.plug(recorded(token.bus, laboratory, options.pcap, plugged));
    token.wire.onUnplug = () => usbip.pull(busId);
    busIds.set(token, busId);
  };
  laboratory.onGone = (token) => {
    usbip.unplug(busIds.get(token) ?? '');
    busIds.delete(token);
  };
  const freeState = await takeState(options);
  if (!(await restoreState(laboratory, options))) await putTokens(laboratory, options);
  const pace = new Pace(laboratory, speed, () => Date.now());
  const page = await serveLab(laboratory, pace, options.labPort);
  const uhid = options.uhid ? await Promise.all(laboratory.tokens.map(({ bus }) => UhidDevice.create(bus))) : [];
  say(options, laboratory, usbip.port, page.port, [...busIds.values()]);
  await stopped();
  pace.stop();
  // Nothing changes any more once hosts and clients have gone.
  await Promise.all([...uhid.map((one) => one.close()), page.stop(), usbip.close()]);
  await keepState(laboratory, options);
  freeState();
}

/** Locks the state's file, if one was named. */
async function takeState({ state }: RunOptions): Promise<() => void> {
  if (state === undefined) return () => {};
  const { lockState } = await import('../lab/state-file.ts');
  return lockState(state);
}

/** Puts new tokens on the bench, or one of a fleet. */
async function putTokens(laboratory: Laboratory, options: RunOptions): Promise<void> {
  const { count, profile, personality, keyboard } = options;
  if (options.fleet !== undefined) return openFromFleet(laboratory, options.fleet, options.customer);
  const interfaces = keyboard ? 'keyboard-and-vendor' : 'vendor';
  for (let i = 0; i < count; i++) {
    const { device } = await laboratory.add({ profile, personality, interfaces });
    if (!options.blank) await loadRandomSeed(device);
  }
}

/** Continues from the state's file. Returns whether there was one. */
async function restoreState(laboratory: Laboratory, options: RunOptions): Promise<boolean> {
  if (options.state === undefined) return false;
  const { readState, writeState } = await import('../lab/state-file.ts');
  using passphrase = passphraseOf(options);
  const saved = readState(options.state, passphrase);
  if (saved === undefined) {
    // A file that cannot be written is better known now than at the end.
    writeState(options.state, await laboratory.save(), passphrase);
    return false;
  }
  await laboratory.restore(saved.lab);
  saved.wipe();
  const { tokens, now } = laboratory;
  const from = `continues from ${options.state}: ${tokens.length} tokens at ${new Date(now).toISOString()}`;
  process.stderr.write(`${from}; options for new tokens, the seed and the start are not used\n`);
  return true;
}

async function keepState(laboratory: Laboratory, options: RunOptions): Promise<void> {
  if (options.state === undefined) return;
  const { writeState } = await import('../lab/state-file.ts');
  using passphrase = passphraseOf(options);
  writeState(options.state, await laboratory.save(), passphrase);
}

/** @throws Error without a file for it: a state holds seeds */
function passphraseOf({ passphraseFile }: RunOptions): Secret {
  if (passphraseFile === undefined)
    throw new Error('--state holds seeds: name the file of a passphrase with --passphrase-file');
  if (!existsSync(passphraseFile)) throw new Error(`--passphrase-file: there is no file ${passphraseFile}`);
  const passphrase = passphraseOfFile(readFileSync(passphraseFile));
  if (!isLongPassphrase(passphrase)) {
    throw new Error(`${passphraseFile}: a passphrase has at least ${PASSPHRASE_CHARACTERS_MIN} characters`);
  }
  return passphrase;
}

/** Puts a customer's token on the bench, with all that it has lived. */
async function openFromFleet(laboratory: Laboratory, file: string, customer: number): Promise<void> {
  const { readFleet } = await import('../fleet/fleet-file.ts');
  const { openMember } = await import('../fleet/open-member.ts');
  const { device } = await openMember(readFleet(file), customer, laboratory.now);
  laboratory.put(`customer-${customer}`, device);
}

/** @throws Error for an invalid time, such as the thirtieth of February */
function readStart(text: string): InstantMs {
  const start = readInstant(text);
  if (start !== undefined) return start;
  throw new Error(
    `--start ${text} is not a valid time: write it as 2026-01-31T08:00:00Z, or with +03:30 for Z, from 1970 on`,
  );
}

/** Records the traffic of `wire` in the file `pcap`, if one was named. */
function recorded(wire: BusDevice, laboratory: Laboratory, pcap: string | undefined, number: number): BusDevice {
  if (pcap === undefined) return wire;
  if (number === 1) writeFileSync(pcap, pcapHead());
  let id = number * TRANSFERS_A_DEVICE;
  return new TappedWire(wire, (transfer) => appendFileSync(pcap, pcapRecords(transfer, laboratory.now, number, ++id)));
}

/** Loads a seed that only the token knows: it shows codes, but no server can verify them. */
async function loadRandomSeed(device: Device): Promise<void> {
  using seed = Secret.own(secretBytes(SEED_BYTES));
  getRandomValues(seed.expose());
  await loadSeed(device, seed, ENROLMENT);
}

function say(
  { json }: RunOptions,
  laboratory: Laboratory,
  usbipPort: number,
  labPort: number,
  busIds: readonly string[],
): void {
  const page = `http://127.0.0.1:${labPort}/`;
  process.send?.({ usbip_port: usbipPort, lab_port: labPort });
  if (json)
    return void process.stdout.write(
      `${JSON.stringify({ usbip_port: usbipPort, lab_port: labPort, page, bus_ids: busIds })}\n`,
    );
  const vendors = laboratory.tokens.find(({ personality }) => isOfVendor(personality));
  const notice = vendors
    ? `${vendors.personality} has its vendor's USB numbers: for this laboratory only, never in anything that is given away`
    : 'the USB numbers 1209:0001 are for private tests: no device may ship with them (pid.codes)';
  const attach = `usbip${usbipPort === USBIP_PORT ? '' : ` --tcp-port ${usbipPort}`} attach -r 127.0.0.1 -b ${busIds[0]}`;
  const lines = [
    notice,
    `page and HTTP  ${page}`,
    `USB/IP         port ${usbipPort}; as root: ${attach}`,
    'Ctrl-C ends it',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function stopped(): Promise<void> {
  return new Promise((done) => {
    // A signal to npx ends only npx. A process started by npx therefore stops when npx is gone.
    const parent = process.ppid;
    const alone = setInterval(() => {
      if (process.env['npm_command'] === 'exec' && process.ppid !== parent) done();
    }, LOOK_FOR_PARENT_MS);
    alone.unref();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    // A process started by another program does not outlive that program.
    if (process.connected) process.once('disconnect', () => done());
  });
}
