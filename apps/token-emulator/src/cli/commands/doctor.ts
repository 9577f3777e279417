import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { snakeKeys } from '@ramz/custody';
import { Command } from 'commander';
import { findTokens } from '../../host/find-tokens.ts';
import { PRODUCT_ID, VENDOR_ID } from '../../usb/personalities/ramz/report-descriptor.ts';
import { type CommandOutcome, runCommand } from '../run-command.ts';

/** One thing that was checked. */
interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  /** What to do if it is not well. */
  readonly advice: string;
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');
const UDEV_RULE = `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${hex(VENDOR_ID)}", ATTRS{idProduct}=="${hex(PRODUCT_ID)}", TAG+="uaccess"`;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('checks what this machine has for USB tokens, and says how to get the rest')
    .option('--json', 'one JSON object instead of lines', false)
    .action((options: { json: boolean }) => runCommand(options, examine));
}

async function examine(): Promise<CommandOutcome> {
  const findings = [await nodeHid(), hidraw(), vhci(), uhid()];
  const lines = findings.flatMap(({ what, isWell, advice }) => [
    `${isWell ? 'well   ' : 'missing'}  ${what}`,
    ...(isWell ? [] : [`         ${advice}`]),
  ]);
  return { value: snakeKeys({ findings }), lines };
}

async function nodeHid(): Promise<Finding> {
  try {
    const tokens = await findTokens();
    return { what: `node-hid loads; it sees ${tokens.length} token(s)`, isWell: true, advice: '' };
  } catch (error) {
    return { what: 'node-hid', isWell: false, advice: error instanceof Error ? error.message : String(error) };
  }
}

function hidraw(): Finding {
  const nodes = existsSync('/dev') ? readdirSync('/dev').filter((name) => name.startsWith('hidraw')) : [];
  const closed = nodes.filter((name) => !mayUse(`/dev/${name}`));
  const advice =
    process.platform === 'linux'
      ? `as root: echo '${UDEV_RULE}' > /etc/udev/rules.d/70-ramz.rules && udevadm control --reload && udevadm trigger`
      : 'nothing to do on this system';
  return {
    what: `hidraw: ${nodes.length} device(s), ${closed.length} that your user may not open`,
    isWell: closed.length === 0,
    advice,
  };
}

function vhci(): Finding {
  const isWell = existsSync('/sys/devices/platform/vhci_hcd.0');
  const advice =
    'to attach an emulated token: "modprobe vhci-hcd" as root, then "usbip attach -r 127.0.0.1 -b 1-1" (package usbip)';
  return { what: 'vhci-hcd, the kernel side of USB/IP', isWell, advice };
}

function uhid(): Finding {
  const isWell = mayUse('/dev/uhid');
  const advice = 'for "ramz-token run --uhid": "modprobe uhid" as root, and let your user write to /dev/uhid';
  return { what: '/dev/uhid', isWell, advice };
}

function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
