import { forgetVault, knownVaults, PersonKeys, personFingerprint, readPerson } from '@ramz/client';
import {
  fingerprintOf,
  isLongPassphrase,
  PASSPHRASE_CHARACTERS_MIN,
  PERSON_ROLES,
  type PersonRole,
} from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { Command, Option } from 'commander';
import { EXIT_HELP } from '../exit-codes.ts';
import { assertNewFile } from '../new-file.ts';
import { passphraseIn } from '../people/person-options.ts';
import { type CommandResult, runLocally } from '../run-command.ts';
import { JsonTerminal } from '../terminal/json-terminal.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { LANGUAGES, type Language, type Texts, textsIn } from '../terminal/texts.ts';
import { TtyTerminal } from '../terminal/tty-terminal.ts';

interface NewOptions {
  readonly name: string;
  readonly role: PersonRole;
  readonly realm: 'test' | 'live';
  readonly out: string;
  readonly passphraseFile?: string;
  readonly lang: Language;
  readonly json: boolean;
}

export function personCommand(): Command {
  const make = new Command('new')
    .description('makes your key pairs and writes them to a file under a passphrase')
    .requiredOption('--name <name>', 'your name in ceremonies: small letters, digits, dots, dashes (required)')
    .addOption(new Option('--role <role>', 'your role in ceremonies').choices([...PERSON_ROLES]).default('custodian'))
    .addOption(
      new Option('--realm <realm>', 'keys of one realm are refused in the other')
        .choices(['test', 'live'])
        .default('test'),
    )
    .requiredOption('--out <file>', "where the key file goes: your own medium, not the daemon's machine (required)")
    .option('--passphrase-file <path>', 'first line is the passphrase, for programs')
    .addOption(
      new Option('--lang <language>', 'language of the dialogue')
        .choices([...LANGUAGES])
        .env('RAMZ_LANG')
        .default('en'),
    )
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((options: NewOptions) => runLocally(options, () => makePerson(options)));
  const show = new Command('show')
    .description('shows whose key file it is, and the fingerprint to read aloud')
    .argument('<file>', 'a key file')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((file: string, options: { json: boolean }) => runLocally(options, () => Promise.resolve(showPerson(file))));
  return new Command('person')
    .description('key files of custodians, operators and auditors')
    .addCommand(make)
    .addCommand(show);
}

/**
 * For use after a vault's identity was stolen or a quorum adopted another
 * (docs/how-to/hold-ceremonies.md).
 */
export function forgetVaultCommand(): Command {
  return new Command('forget-vault')
    .description(
      'makes your key file reject a vault permanently; compare the next vault with the console, like the first',
    )
    .argument('<key-file>', 'your key file')
    .requiredOption('--fingerprint <fingerprint>', 'which vault: the former one, as you have it on paper (required)')
    .option('--json', 'one JSON object instead of lines', false)
    .addHelpText('after', EXIT_HELP)
    .action((file: string, options: { json: boolean; fingerprint: string }) =>
      runLocally(options, () => Promise.resolve(forget(file, options.fingerprint))),
    );
}

function forget(path: string, fingerprint: string): CommandResult {
  const known = knownVaults(path);
  const vault = known.find((one) => fingerprintOf(one) === fingerprint.trim());
  const all = known.map((one) => fingerprintOf(one)).join(', ') || 'none';
  if (vault === undefined) throw new Error(`this file does not know that vault; it knows: ${all}`);
  forgetVault(path, vault);
  const forgotten = fingerprintOf(vault);
  return {
    value: { forgotten },
    lines: [
      `forgotten for good: ${forgotten}`,
      'the next vault is shown to you: compare its fingerprint with the console, and with what the quorum approved',
    ],
  };
}

async function makePerson(options: NewOptions): Promise<CommandResult> {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(options.name)) {
    throw new Error('a name has small letters, digits, dots and dashes, at most 64 characters');
  }
  assertNewFile(options.out, '--out');
  using passphrase = await newPassphrase(options);
  const keys = await PersonKeys.make(options.name, options.role, options.realm);
  await keys.save(options.out, passphrase);
  return showPerson(options.out);
}

async function newPassphrase({ passphraseFile, lang, json }: NewOptions): Promise<Secret> {
  if (passphraseFile !== undefined) return assertLong(passphraseIn(passphraseFile));
  const texts = textsIn(lang);
  const terminal = json ? new JsonTerminal() : new TtyTerminal();
  try {
    for (;;) {
      const first = await terminal.askSecret(texts.passphraseNew, 'new-passphrase');
      if (!isLongPassphrase(first)) terminal.say([texts.passphraseShort], { wrong: 'passphrase-short' });
      else if (await isRepeated(first, terminal, texts)) return first;
      else terminal.say([texts.passphrasesDiffer], { wrong: 'passphrases-differ' });
      first.wipe();
    }
  } finally {
    terminal.close();
  }
}

async function isRepeated(first: Secret, terminal: Terminal, texts: Texts): Promise<boolean> {
  using second = await terminal.askSecret(texts.passphraseAgain, 'new-passphrase-again');
  return Buffer.compare(first.expose(), second.expose()) === 0;
}

function assertLong(passphrase: Secret): Secret {
  if (isLongPassphrase(passphrase)) return passphrase;
  throw new Error(`a passphrase has at least ${PASSPHRASE_CHARACTERS_MIN} characters`);
}

function showPerson(path: string): CommandResult {
  const { person, realm, isProtected } = readPerson(path);
  const fingerprint = personFingerprint(person);
  return {
    value: { ...person, realm, fingerprint, protected: isProtected },
    lines: [
      `${person.name}, ${person.role}, ${realm} realm${isProtected ? '' : ', NOT protected by a passphrase'}`,
      `fingerprint to read aloud: ${fingerprint}`,
    ],
  };
}
