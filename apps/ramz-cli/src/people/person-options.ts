import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  forgottenVaults,
  knownVaults,
  PersonKeys,
  RamzClient,
  REHEARSAL_OPERATOR,
  readPerson,
  rememberVault,
  VaultLine,
} from '@ramz/client';
import { fingerprintOf, passphraseOfFile } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { type Command, Option } from 'commander';
import { connectionOf, type DaemonOptions, daemonCommand } from '../daemon-options.ts';
import { JsonTerminal } from '../terminal/json-terminal.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { LANGUAGES, type Language, type Texts, textsIn } from '../terminal/texts.ts';
import { TtyTerminal } from '../terminal/tty-terminal.ts';

export interface PersonOptions extends DaemonOptions {
  readonly keys?: string;
  readonly as?: string;
  readonly lang: Language;
  readonly passphraseFile?: string;
  readonly anotherVault: boolean;
}

/** Returns a command that a person runs with their own keys. */
export function personCommand(name: string, description: string): Command {
  return daemonCommand(name, description)
    .option('--keys <file>', 'your key file, from `ramz person new` (default: the operator of a scripted rehearsal)')
    .option('--as <certificate>', 'name of the certificate under <data-dir>/pki (default: your role)')
    .addOption(
      new Option('--lang <language>', 'language of the dialogue')
        .choices([...LANGUAGES])
        .env('RAMZ_LANG')
        .default('en'),
    )
    .option('--another-vault', 'for a further daemon on one database: compare its fingerprint, and add it', false)
    .option('--passphrase-file <path>', 'first line is the passphrase of the key file, for programs');
}

/** A person at a terminal, and their connection to the vault. */
export interface PersonAtTerminal {
  readonly line: VaultLine;
  readonly terminal: Terminal;
  readonly texts: Texts;
}

/** Opens the key file, connects, and disconnects when `work` is done. */
export async function asPerson<T>(options: PersonOptions, work: (person: PersonAtTerminal) => Promise<T>): Promise<T> {
  const texts = textsIn(options.lang);
  const terminal = options.json ? new JsonTerminal() : new TtyTerminal();
  try {
    const path = options.keys ?? rehearsalKeys(options);
    const known = knownVaults(path);
    const keys = await PersonKeys.load(path, () => askPassphrase(options, terminal, texts));
    const client = new RamzClient(connectionOf(options, options.as ?? readPerson(path).person.role));
    try {
      return await work({
        line: new VaultLine(
          client,
          keys,
          known,
          believer(path, terminal, texts),
          options.anotherVault || known.length === 0,
          forgottenVaults(path),
        ),
        terminal,
        texts,
      });
    } finally {
      client.close();
    }
  } finally {
    terminal.close();
  }
}

/** Asks until the answer is yes or no: a typing error must not abort a ceremony. */
export async function askYes(
  terminal: Terminal,
  texts: Texts,
  prompt: string,
  what: string,
  takenBack?: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const answer = (await terminal.ask(prompt, what, takenBack)).trim().toLowerCase();
    if (texts.yes.includes(answer)) return true;
    if (texts.no.includes(answer)) return false;
  }
}

/** Reads a passphrase from the first line of a file that only its owner should be able to read. */
export function passphraseIn(path: string): Secret {
  return passphraseOfFile(readFileSync(path));
}

async function askPassphrase({ passphraseFile }: PersonOptions, terminal: Terminal, texts: Texts): Promise<Secret> {
  return passphraseFile === undefined
    ? terminal.askSecret(texts.passphrase, 'passphrase')
    : passphraseIn(passphraseFile);
}

/** Has the person compare the fingerprint of a new vault once; then the key file remembers it. */
function believer(path: string, terminal: Terminal, texts: Texts) {
  return async (identity: Uint8Array): Promise<boolean> => {
    const fingerprint = fingerprintOf(identity);
    terminal.say([texts.vaultFingerprint, `  ${fingerprint}`], { vault: fingerprint });
    const believed = await askYes(terminal, texts, texts.vaultCompare, 'vault-fingerprint');
    if (believed) rememberVault(path, identity);
    return believed;
  };
}

function rehearsalKeys({ dataDir }: PersonOptions): string {
  const path = join(dataDir, 'custodians', `${REHEARSAL_OPERATOR}.key.json`);
  if (existsSync(path)) return path;
  throw new Error('no key file: name yours with --keys; make one with: ramz person new');
}
