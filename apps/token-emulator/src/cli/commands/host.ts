// The host-side commands. They work the same on an emulated token and a physical one.

import { readFileSync } from 'node:fs';
import { snakeKeys } from '@ramz/custody';
import type { HashName } from '@ramz/otp-core';
import { Command, Option } from 'commander';
import { findTokens } from '../../host/find-tokens.ts';
import { openNodeHid } from '../../host/open-node-hid.ts';
import { RamzToken } from '../../host/ramz-token.ts';
import { type CommandOutcome, runCommand } from '../run-command.ts';

interface HostOptions {
  readonly serial?: string;
  readonly json: boolean;
}

/** Makes a command that talks to one plugged-in token. */
function hostCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--serial <number>', 'serial number of the token, if several are plugged in')
    .option('--json', 'one JSON object instead of lines', false);
}

async function withToken<T extends CommandOutcome>(
  { serial }: HostOptions,
  work: (token: RamzToken) => Promise<T>,
): Promise<T> {
  const token = new RamzToken(await openNodeHid(serial));
  try {
    return await work(token);
  } finally {
    await token.close();
  }
}

export function listCommand(): Command {
  return new Command('list')
    .description('lists the tokens that are plugged into this machine')
    .option('--json', 'one JSON object instead of lines', false)
    .action((options: HostOptions) =>
      runCommand(options, async () => {
        const tokens = await findTokens();
        const lines = tokens.map(({ path, serial, product }) => `${serial.padEnd(12)} ${path}  ${product}`);
        return { value: { tokens }, lines: lines.length === 0 ? ['no token is plugged in'] : lines };
      }),
    );
}

export function infoCommand(): Command {
  return hostCommand('info', 'shows the identity and the condition of a token').action((options: HostOptions) =>
    runCommand(options, () =>
      withToken(options, async (token) => {
        const { publicKey, ...info } = await token.info();
        const condition = await token.condition();
        const key = Buffer.from(publicKey).toString('hex');
        return {
          value: snakeKeys({ ...info, publicKey: key, ...condition }),
          lines: [
            `serial        ${info.serial}, firmware ${info.firmwareVersion}`,
            `public key    ${key}`,
            `enrolment     ${info.enrolmentId || 'none: it is blank'}`,
            `state         ${condition.state}`,
            `its clock     ${new Date(condition.clockSeconds * 1_000).toISOString()}`,
            `counter       ${condition.counter}`,
            ...(condition.pinTriesLeft === undefined ? [] : [`PIN tries     ${condition.pinTriesLeft}`]),
            `supply        ${(condition.supplyMV / 1_000).toFixed(2)} V`,
          ],
        };
      }),
    ),
  );
}

export function pressCommand(): Command {
  return hostCommand('press', 'presses the button of a laboratory token and reads its glass')
    .option('--hold <seconds>', 'how long to hold it down', '0.1')
    .action((options: HostOptions & { hold: string }) =>
      runCommand(options, () =>
        withToken(options, async (token) => {
          await token.press(Number(options.hold) * 1_000);
          return shown(await token.readDisplay());
        }),
      ),
    );
}

export function readCommand(): Command {
  return hostCommand('read', 'what the glass shows').action((options: HostOptions) =>
    runCommand(options, () => withToken(options, async (token) => shown(await token.readDisplay()))),
  );
}

export function challengeCommand(): Command {
  return hostCommand('challenge', 'has a token answer a challenge on its glass')
    .argument('<challenge>', '4 to 64 letters and digits, in the format of its OCRA suite')
    .action((challenge: string, options: HostOptions) =>
      runCommand(options, () => withToken(options, async (token) => shown(await token.challenge(challenge)))),
    );
}

interface ProvisionOptions extends HostOptions {
  readonly enrolment: string;
  readonly hash: HashName;
  readonly digits: string;
  readonly period: string;
  readonly t0: string;
  readonly suite?: string;
}

export function provisionCommand(): Command {
  return hostCommand('provision', 'loads a seed that was sealed to this token')
    .argument('<file>', 'the sealed seed, as bytes')
    .requiredOption('--enrolment <id>', '32 hexadecimal digits')
    .addOption(new Option('--hash <name>').choices(['sha1', 'sha256', 'sha512']).default('sha1'))
    .option('--digits <number>', 'number of digits of a code', '8')
    .option('--period <seconds>', 'length of a time step', '60')
    .option('--t0 <seconds>', 'Unix time at which time steps begin', '0')
    .option('--suite <text>', 'OCRA suite of a token that answers challenges')
    .action((file: string, options: ProvisionOptions) =>
      runCommand(options, () =>
        withToken(options, async (token) => {
          const { enrolment, hash, suite } = options;
          const [digits, periodSeconds, t0Seconds] = [
            Number(options.digits),
            Number(options.period),
            Number(options.t0),
          ];
          const parameters = {
            hash,
            digits,
            periodSeconds,
            t0Seconds,
            ...(suite !== undefined && { ocraSuite: suite }),
          };
          await token.provision(enrolment, parameters, readFileSync(file));
          return { value: { enrolment }, lines: [`loaded: the token makes codes for ${enrolment}`] };
        }),
      ),
    );
}

function shown(text: string | undefined): CommandOutcome {
  return { value: { display: text ?? null }, lines: [text ?? 'the glass is dark'] };
}
