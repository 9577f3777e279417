import { printableJson, printableText } from '@ramz/custody';
import { Command, InvalidArgumentError, Option } from 'commander';
import { SPEED_MAX } from '../../lab/pace.ts';
import { USBIP_PORT } from '../../transport/usbip/usbip-messages.ts';
import { PERSONALITIES } from '../../usb/personalities/personality-names.ts';
import { EXIT } from '../run-command.ts';
import type { RunOptions } from '../run-laboratory.ts';

const PORT_MAX = 65_535;

export function runEmulatorCommand(): Command {
  return new Command('run')
    .description('emulates tokens: on USB/IP for any Linux, over HTTP for tests, on a page for people')
    .option('--profile <name>', 'kind of token: see "ramz-token profiles"', 'classic-time')
    .addOption(new Option('--personality <name>', 'protocol on the USB bus').choices(PERSONALITIES).default('ramz'))
    .option('--blank', 'without a seed: it waits to be provisioned', false)
    .option('--vendor-identity', "allows a vendor's USB numbers, on this machine only", false)
    .option('--keyboard', 'a second interface that types each code', false)
    .addOption(number('--count <number>', 'number of tokens', 1, 1_024, 1))
    .addOption(number('--seed <number>', 'seed of all random events', 0, 2 ** 31, 0))
    .addOption(
      number('--speed <factor>', 'speed of the virtual clock, up to 1,000,000; 0 freezes it', 0, SPEED_MAX, 1, false),
    )
    .option(
      '--start <time>',
      "when the laboratory's clock begins, as ISO 8601 with its zone; UTC without one (default: now)",
    )
    .option(
      '--state <file>',
      'continues from this file if it is there, and writes it at the end: sealed under a passphrase',
    )
    .option('--passphrase-file <file>', 'the passphrase of --state')
    .option('--fleet <file>', 'opens a token of this fleet instead, as it is at --start')
    .addOption(number('--customer <number>', 'whose token of the fleet, from 0', 0, 10_000_000, 0))
    .addOption(number('--usbip-port <port>', '0 for any free one', 0, PORT_MAX, USBIP_PORT))
    .addOption(
      number('--lab-port <port>', 'of the page and the HTTP interface, 0 for any free one', 0, PORT_MAX, 7_700),
    )
    .option('--pcap <file>', 'records the USB traffic in the format of usbmon, for Wireshark')
    .option('--uhid', 'also creates a HID device on this machine, through /dev/uhid', false)
    .option('--json', 'prints where it listens as one JSON object', false)
    .action(async (options: RunOptions, command: Command) => {
      try {
        refuseIgnored(command);
        // Loaded on first use: host-side commands start without it.
        const { runLaboratory } = await import('../run-laboratory.ts');
        await runLaboratory(options);
      } catch (error) {
        explain(options, error);
      }
    });
}

/** @throws Error for an option that would do nothing */
function refuseIgnored(command: Command): void {
  const isGiven = (option: string) => command.getOptionValueSource(option) === 'cli';
  if (isGiven('customer') && !isGiven('fleet')) throw new Error('--customer is of a fleet: name its file with --fleet');
  const ofNewTokens = ['profile', 'personality', 'blank', 'keyboard', 'count'].filter(isGiven);
  if (isGiven('fleet') && ofNewTokens.length > 0)
    throw new Error(`--fleet opens a token as the fleet made it: leave out --${ofNewTokens.join(', --')}`);
}

function explain({ json }: RunOptions, error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  const inUse = text.includes('EADDRINUSE');
  const [, port = ''] = /:(\d+)$/.exec(text) ?? [];
  const message = inUse
    ? `port ${port} is in use: choose another with --usbip-port or --lab-port, 0 for any free one`
    : text;
  if (json) process.stdout.write(`${printableJson({ error: { message } })}\n`);
  else process.stderr.write(`ramz-token: ${printableText(message)}\n`);
  process.exit(EXIT.refused);
}

function number(flags: string, description: string, min: number, max: number, standard: number, whole = true): Option {
  return new Option(flags, description).default(standard).argParser((text) => {
    const value = Number(text);
    if (text === '' || !Number.isFinite(value) || value < min || value > max || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(`a ${whole ? 'whole ' : ''}number from ${min} to ${max} is required.`);
    }
    return value;
  });
}
