import { readFileSync, writeFileSync } from 'node:fs';
import { RamzClient } from '@ramz/client';
import { aesKeyCheckValue, bytesOfHex, hexOf, RecipientKeys } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { Command } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import { type CommandResult, runCommand, runLocally } from '../run-command.ts';

interface ZoneKeyFile {
  readonly public_key: string;
  readonly private_key: string;
}

/** Returns the commands for the operator of a system that sends PIN blocks. */
export function zoneCommand(): Command {
  return new Command('zone')
    .description('keys of a system that sends PIN blocks (ISO 9564): makes its key pair, opens its zone key')
    .addCommand(
      new Command('make')
        .description('makes the key pair that a zone key is sealed to; its public half goes to the operator')
        .argument('<key-file>', 'a new file; anyone who has it can open the zone key')
        .option('--json', 'one JSON object instead of lines', false)
        .addHelpText('after', EXIT_HELP)
        .action((path: string, options: { json: boolean }) => runLocally(options, () => make(path))),
    )
    .addCommand(
      daemonCommand('open', 'opens the key of a zone, after `ramz propose export-zone-key` was approved')
        .argument('<zone>', 'name of the zone')
        .argument('<key-file>', 'the file that `zone make` wrote')
        .argument('<out>', 'a new file for the AES-256 key, in hexadecimal')
        .addHelpText('after', EXIT_HELP)
        .action((zone: string, path: string, out: string, options: DaemonOptions) =>
          runCommand(options, () => open(zone, path, out, options)),
        ),
    );
}

async function make(path: string): Promise<CommandResult> {
  assertNewFile(path, 'the key file');
  const keys = await RecipientKeys.make();
  using secret = await keys.export();
  const file: ZoneKeyFile = { public_key: hexOf(keys.publicKey), private_key: hexOf(secret.expose()) };
  writeFileSync(path, `${JSON.stringify(file)}\n`, { mode: 0o600, flag: 'wx' });
  return {
    value: { public_key: file.public_key, path },
    lines: [`public key ${file.public_key}`, `written to ${path}`],
  };
}

async function open(zone: string, path: string, out: string, options: DaemonOptions): Promise<CommandResult> {
  assertNewFile(out, 'the file');
  const client = new RamzClient(connectionOf(options, 'auditor'));
  const { zones } = await client.keys().finally(() => client.close());
  const found = zones.find(({ name }) => name === zone);
  if (found === undefined) throw new Error(`the daemon knows no zone ${zone}: ramz propose export-zone-key makes one`);
  const { public_key: publicKey, private_key: privateKey } = JSON.parse(readFileSync(path, 'utf8')) as ZoneKeyFile;
  using mine = Secret.own(bytesOfHex(privateKey));
  const keys = await RecipientKeys.load(bytesOfHex(publicKey), mine);
  using key = await keys.open('zone-key', found.sealedKey, zone);
  const kcv = aesKeyCheckValue(key);
  if (kcv !== found.kcv) throw new Error(`the key's check value is ${kcv}, and the daemon says ${found.kcv}`);
  writeFileSync(out, `${hexOf(key.expose())}\n`, { mode: 0o600, flag: 'wx' });
  return { value: { zone, kcv, out }, lines: [`key of ${zone}, KCV ${kcv}, written to ${out}`] };
}
