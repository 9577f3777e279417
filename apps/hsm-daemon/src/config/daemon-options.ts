import { shippedProfiles } from '@ramz/bank-profile';
import { z } from 'zod';
import { readList, readNumber, readPort, readUid, readWholeNumber } from './read-option.ts';

/** The programs that take options: `daemon` is `front` and `vault` in one command, as one user. */
export type Program = 'daemon' | 'front' | 'vault';

/**
 * How an option is given. Its flag determines its name in the environment and in a configuration
 * file.
 */
export interface OptionText {
  readonly flag: string;
  readonly help: string;
  readonly of: readonly Program[];
  /** Shown for the default when its value alone says too little. */
  readonly shownDefault?: string;
  /**
   * Parses the text of a flag or variable; `former` is the value given before.
   * @throws InvalidArgumentError
   */
  readonly read?: (text: string, former: unknown) => unknown;
  /**
   * Accepted as a flag only: it must be meant for this start, so it is not read from a file or the
   * environment.
   */
  readonly onlyFlag?: true;
  /** Required: it has no default. */
  readonly wanted?: true;
}

const EVERY: readonly Program[] = ['daemon', 'front', 'vault'];
const FRONT: readonly Program[] = ['daemon', 'front'];
const VAULT: readonly Program[] = ['daemon', 'vault'];

export const OPTION_TEXTS: z.core.$ZodRegistry<OptionText> = z.registry<OptionText>();

function option<Schema extends z.ZodType>(schema: Schema, text: OptionText): Schema {
  OPTION_TEXTS.add(schema, text);
  return schema;
}

/** Linux user ids have 32 bits; the last value means no user. */
const UID_MAX = 2 ** 32 - 2;

function wholeNumber(max: number, what: string): z.ZodInt {
  return z.int(what).min(0, what).max(max, what);
}

const port = wholeNumber(65_535, 'a port is a number from 0 to 65535, without quotes');
const text = z.string('is a text').min(1, 'is empty');
const share = z.number('is 0 to 1').min(0, 'is 0 to 1').max(1, 'is 0 to 1');

/**
 * Every option of the daemon's three programs. Flags, help, environment, file and types derive from
 * it.
 */
export const DAEMON_OPTIONS = z.strictObject({
  dataDir: option(text.default('.ramz'), {
    flag: '--data-dir <path>',
    help: "folder of the store, the vault's keys and the certificates; for ramz-front, folder of its certificates",
    of: EVERY,
  }),
  profile: option(text.default('maskan'), {
    flag: '--profile <name>',
    help: `bank profile: ${shippedProfiles().join(', ')}, or a YAML file`,
    of: EVERY,
  }),
  realm: option(z.enum(['test', 'live'], 'is test or live').default('test'), {
    flag: '--realm <realm>',
    help: 'test (certificates are made at the first start) or live (the bank puts its own certificates into <data-dir>/pki of the front)',
    of: EVERY,
  }),
  host: option(text.default('127.0.0.1'), {
    flag: '--host <address>',
    help: 'address to listen on',
    of: FRONT,
  }),
  port: option(port.default(50_551), {
    flag: '--port <number>',
    help: 'port to listen on, 0 for any free port',
    of: FRONT,
    read: readPort,
  }),
  tls: option(z.enum(['1.3', '1.2'], 'is 1.3 or 1.2').default('1.3'), {
    flag: '--tls <version>',
    help: 'oldest TLS version that callers may speak; 1.2 with authenticated encryption only',
    of: FRONT,
  }),
  metricsPort: option(port.optional(), {
    flag: '--metrics-port <number>',
    help: 'port for Prometheus metrics over HTTP, 0 for any free port (default: no metrics)',
    of: FRONT,
    read: readWholeNumber,
  }),
  metricsHost: option(text.default('127.0.0.1'), {
    flag: '--metrics-host <address>',
    help: 'address for metrics',
    of: FRONT,
  }),
  traceUrl: option(z.url({ protocol: /^https?$/, error: 'is http:// or https://' }).optional(), {
    flag: '--trace-url <url>',
    help: 'OpenTelemetry collector that gets a span for each call, such as http://127.0.0.1:4318/v1/traces (default: none)',
    of: FRONT,
  }),
  traceRatio: option(share.default(1), {
    flag: '--trace-ratio <share>',
    help: 'share of the calls that are traced, 0 to 1; a caller that sends a trace context decides for its own calls',
    of: FRONT,
    read: readNumber,
  }),
  anchor: option(z.string('is a text').default(''), {
    flag: '--anchor <path>',
    help: 'file that detects a rolled-back store, best on another volume',
    of: VAULT,
    shownDefault: '<data-dir>/anchor',
  }),
  unseal: option(z.enum(['shares', 'pkcs11', 'file'], 'is shares, pkcs11 or file').default('shares'), {
    flag: '--unseal <mode>',
    help: "way to unseal after a start: custodians' shares, a PKCS #11 token, or in the test realm a file",
    of: VAULT,
  }),
  identity: option(z.enum(['file', 'pkcs11'], 'is file or pkcs11').default('file'), {
    flag: '--identity <where>',
    help: "place of the vault's identity key: a separate file, or a PKCS #11 token",
    of: VAULT,
  }),
  pkcs11: option(z.string('is a text').default(''), {
    flag: '--pkcs11 <path>',
    help: 'JSON file with the settings of the token: module, token, serial, pin_file, key, identity_key',
    of: VAULT,
    shownDefault: 'none',
  }),
  database: option(
    z
      .array(z.string('is a text'), 'is an address, or a list of them: [postgres://user@host/database]')
      .max(8, 'are at most 8')
      .default([]),
    {
      flag: '--database <url>',
      help: 'postgres://user@host:port/database for several daemons on one store, without the password; repeat it for each server that may become the primary',
      of: VAULT,
      shownDefault: "the daemon's own file",
      read: readList,
    },
  ),
  databasePassword: option(z.string('is a text').default(''), {
    flag: '--database-password <path>',
    help: 'file with the password of the database',
    of: VAULT,
    shownDefault: 'none',
  }),
  otpEngine: option(z.enum(['fast', 'noble'], 'is fast or noble').default('fast'), {
    flag: '--otp-engine <engine>',
    help: 'engine that computes codes: fast (our own, with kernels) or noble (audited)',
    of: VAULT,
  }),
  socket: option(z.string('is a text').default(''), {
    flag: '--socket <path>',
    help: "socket between front and vault, if they run as two users; in a folder of the vault's user that the front's group may enter",
    of: ['front', 'vault'],
    wanted: true,
  }),
  vaultUser: option(wholeNumber(UID_MAX, "is the user's number (id -u <name>)").optional(), {
    flag: '--vault-user <uid>',
    help: 'user that the vault runs as: a socket of any other user is rejected',
    of: ['front'],
    read: readUid,
    wanted: true,
  }),
  restore: option(z.boolean().default(false), {
    flag: '--restore',
    help: 'opens a store that was rolled back, for a restore ceremony only',
    of: VAULT,
    onlyFlag: true,
  }),
  newIdentity: option(z.boolean().default(false), {
    flag: '--new-identity',
    help: 'makes a second identity key next to the first; a quorum must then adopt it',
    of: VAULT,
    onlyFlag: true,
  }),
  debugVault: option(port.optional(), {
    flag: '--debug-vault <port>',
    help: 'opens the vault to a debugger on this port of 127.0.0.1; the debugger can read every key; in the test realm only',
    of: VAULT,
    read: readWholeNumber,
    onlyFlag: true,
  }),
  failSelfTest: option(z.string('is a text').default(''), {
    flag: '--fail-self-test <name>',
    help: 'makes a self-test fail, in the test realm',
    of: VAULT,
    shownDefault: 'none',
    onlyFlag: true,
  }),
});

export type GivenOptions = z.input<typeof DAEMON_OPTIONS>;
export type OptionName = keyof GivenOptions;

/** Returns an option's name in the environment and in a file. */
export function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
