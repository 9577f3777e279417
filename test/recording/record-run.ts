// Records a repeatable run of a daemon: the messages of its clients, and the content of its store.
// `node test/recording/record-run.ts` prints it.
import { createHash, createSecretKey } from 'node:crypto';
import { renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RecipientKeys } from '@ramz/custody';
import { sealPinBlock } from '../../apps/hsm-daemon/dist/vault/crypto/pin-block.js';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { seedProcess } from '../planted/seed-process.ts';
import { tapClients, type WireLine } from './tap-client.ts';

const START_MS = Date.UTC(2026, 10, 28, 8);
const MINUTE_MS = 60_000;

/** The results of a run. The store is a list of rows per table, in order. */
interface Recording {
  readonly wire: readonly WireLine[];
  readonly store: Readonly<Record<string, readonly string[]>>;
}

const REQUEST_PREFIX = '00000000-0000-4000-8000-';
const HELPERS = ['custodian-1', 'custodian-2'];
const TRANSFER = { type: 'transfer', amount: '1500000', currency: 'IRR', payee: 'IR820540102680020817909002' };

/** A daemon with a seeded vault and a clock set by hand. Clients in this process share its time. */
class RecordedLab {
  readonly lab: Lab;
  #nowMs = START_MS;
  #requests = 0;

  private constructor(lab: Lab) {
    this.lab = lab;
  }

  static async start(profile: string): Promise<RecordedLab> {
    const recorded = new RecordedLab(await Lab.start('recorded', 'uninitialised', ['--profile', profile]));
    recorded.pass(0);
    return recorded;
  }

  pass(durationMs: number): void {
    this.#nowMs += durationMs;
    const path = join(this.lab.dataDir, 'vault', 'recorded-now');
    writeFileSync(`${path}.new`, String(this.#nowMs));
    renameSync(`${path}.new`, path);
    const nowMs = this.#nowMs;
    Date.now = () => nowMs;
  }

  requestId(): string {
    return `${REQUEST_PREFIX}${String(++this.#requests).padStart(12, '0')}`;
  }

  /** Ignores a failure: it is part of the run, and the recording contains it. */
  async tolerant(call: Promise<unknown>): Promise<void> {
    await call.catch(() => {});
  }
}

async function recordMaskan(): Promise<Recording> {
  const recorded = await RecordedLab.start('maskan');
  const { lab } = recorded;
  await using _ = lab;
  return await withWire(lab, async () => {
    const office = lab.client('enrolment-office');
    const bank = lab.client('internet-bank');
    const keys = await RecipientKeys.make();
    await recorded.tolerant(KnownToken.enrol(office, cardNumber(1), keys));
    await lab.people().initialise();
    await lab.unseal();
    const token = await KnownToken.enrol(office, cardNumber(1), keys);
    const first = await KnownToken.enrol(office, cardNumber(1), keys, 'PURPOSE_FIRST_PIN');
    await verdicts(recorded, token);
    recorded.pass(2 * MINUTE_MS);
    const id = recorded.requestId();
    await bank.verifyBatch([token.request(token.code(), id), token.request(token.wrongCode(), recorded.requestId())]);
    await recorded.tolerant(lab.client('back-office').verify(first.request(first.code(), recorded.requestId())));
    await resynchronise(recorded, token);
    await stream(recorded, token);
    await lockAndLift(recorded, await KnownToken.enrol(office, cardNumber(2), keys));
    await pinBlock(recorded, token);
    await ceremonies(recorded);
    await audit(recorded);
  });
}

async function verdicts(recorded: RecordedLab, token: KnownToken): Promise<void> {
  const bank = recorded.lab.client('internet-bank');
  const id = recorded.requestId();
  await bank.verify(token.request(token.code(), id));
  await bank.verify(token.request(token.code(), id));
  await recorded.tolerant(bank.verify(token.request(token.wrongCode(), id)));
  await bank.verify(token.request(token.code(), recorded.requestId()));
  await bank.verify(token.request(token.wrongCode(), recorded.requestId()));
  const unknown = { ...token.request('12345678', recorded.requestId()), cardNumber: cardNumber(999) };
  await bank.verify(unknown);
  await recorded.tolerant(bank.verify({ ...unknown, cardNumber: '1' }));
  await recorded.tolerant(bank.verify({ ...unknown, requestId: '' }));
  await recorded.tolerant(recorded.lab.client('auditor').verify(token.request(token.code(), recorded.requestId())));
}

async function resynchronise(recorded: RecordedLab, token: KnownToken): Promise<void> {
  recorded.pass(20 * MINUTE_MS);
  for (const back of [4, 4, 3]) {
    const pair = { code: token.code(back), nextCode: token.code(back - 1) };
    const request = { requestId: recorded.requestId(), ...token.of, ...pair };
    await recorded.tolerant(recorded.lab.client('internet-bank').resynchronise(request));
  }
}

async function stream(recorded: RecordedLab, token: KnownToken): Promise<void> {
  recorded.pass(10 * MINUTE_MS);
  const call = recorded.lab.client('mobile-bank').verifyStream();
  const requests = [token.wrongCode(), token.code(3), '1'].map((code) => token.request(code, recorded.requestId()));
  for (const request of requests) {
    const answered = new Promise((done) => call.once('data', done));
    call.write({ request });
    await answered;
  }
  const ended = new Promise((done) => call.once('end', done));
  call.end();
  await ended;
}

async function lockAndLift(recorded: RecordedLab, token: KnownToken): Promise<void> {
  const bank = recorded.lab.client('internet-bank');
  const people = recorded.lab.people();
  const sinceMs = Date.now();
  recorded.pass(MINUTE_MS);
  for (let i = 0; i < 6; i++) await bank.verify(token.request(token.wrongCode(), recorded.requestId()));
  await people.approved({ name: 'block-caller', caller: 'internet-bank' }, HELPERS);
  await recorded.tolerant(bank.verify(token.request(token.code(), recorded.requestId())));
  await people.approved({ name: 'lift-locks', caller: 'internet-bank', since_ms: sinceMs }, HELPERS);
  await people.approved({ name: 'unblock-caller', caller: 'internet-bank' }, HELPERS);
  recorded.pass(MINUTE_MS);
  await recorded.tolerant(recorded.lab.client('mobile-bank').verify(token.request(token.code(), recorded.requestId())));
}

async function pinBlock(recorded: RecordedLab, token: KnownToken): Promise<void> {
  recorded.pass(30 * MINUTE_MS);
  const recipient = await RecipientKeys.make();
  const hex = Buffer.from(recipient.publicKey).toString('hex');
  await recorded.lab.people().approved({ name: 'export-zone-key', zone: 'pos', recipient: hex }, ['custodian-1']);
  const { zones } = await recorded.lab.client('auditor').keys();
  using key = await recipient.open('zone-key', zones[0]?.sealedKey ?? Buffer.alloc(0), 'pos');
  const zoneKey = createSecretKey(key.expose());
  const block = sealPinBlock(zoneKey, token.code(), token.cardNumber, Buffer.alloc(8, 7));
  const of = { ...token.of, pinBlock: Buffer.from(block), zone: 'pos' };
  await recorded.tolerant(recorded.lab.client('fraud-desk').verify({ ...of, requestId: recorded.requestId() }));
}

async function ceremonies(recorded: RecordedLab): Promise<void> {
  const { lab } = recorded;
  const people = lab.people();
  await people.approved({ name: 'seal' }, []);
  await people.unseal(HELPERS);
  await people.hold('rotate-seed-master');
  recorded.pass(MINUTE_MS);
  await people.hold('refresh-shares');
  await people.hold('rotate-root-key', { scheme: 'xor', threshold: 3 });
  await people.hold('roll-call');
  const suspend = { name: 'set-key-state', key: 'seed-master', version: 1, state: 'suspended' } as const;
  await people.approved(suspend, HELPERS);
  await people.open('roll-call');
  // Rejected while a ceremony is open.
  await recorded.tolerant(people.approved(suspend, HELPERS));
  recorded.pass(MINUTE_MS);
  await lab.stopDaemon();
  await lab.startDaemon('recorded', ['--profile', 'maskan']);
  await recorded.lab.people().unseal(['custodian-1', 'custodian-2', 'custodian-3']);
}

async function audit(recorded: RecordedLab): Promise<void> {
  const auditor = recorded.lab.client('auditor');
  const { logSize: size } = await auditor.status();
  await auditor.keys();
  await auditor.checkpoint();
  await auditor.entries(0, 20);
  await auditor.inclusionProof(3, Number(size));
  await auditor.consistencyProof(5, Number(size));
  await recorded.tolerant(auditor.inclusionProof(1, 1_000_000));
  for await (const _ of recorded.lab.client('operator').watchEvents(0, true));
  const now = await (await recorded.lab.people().operator()).look();
  await recorded.tolerant(auditor.minutes(now.ceremony?.id ?? ''));
  await auditor.selfTests();
}

/** Bank Sepah: several tokens of a customer, and signatures of transactions. */
async function recordSepah(): Promise<Recording> {
  const recorded = await RecordedLab.start('sepah');
  const { lab } = recorded;
  await using _ = lab;
  return await withWire(lab, async () => {
    const office = lab.client('enrolment-office');
    const bank = lab.client('mobile-bank');
    const keys = await RecipientKeys.make();
    await lab.people().initialise();
    await lab.unseal();
    const of = { customerNumber: '10020030', purpose: 'PURPOSE_CHANNEL_LOGIN' as const };
    for (const serial of ['A', 'B']) {
      const token = await KnownToken.enrolFor(office, of, keys, serial);
      await bank.verify({ ...token.request(token.code(), recorded.requestId()), tokenSerial: 'A' });
      await bank.verify(token.request(token.code(), recorded.requestId()));
    }
    const purpose = 'PURPOSE_TRANSACTION_SIGNATURE' as const;
    const { customerNumber } = of;
    const tokenPublicKey = Buffer.from(keys.publicKey);
    await office.enrol({ customerNumber, purpose, tokenSerial: 'APP', tokenPublicKey });
    await bank.verifySignature({
      requestId: recorded.requestId(),
      customerNumber,
      transaction: TRANSFER,
      code: '12345678',
    });
    const pair = { code: '12345678', nextCode: '87654321', transaction: TRANSFER };
    await bank.resynchronise({ requestId: recorded.requestId(), customerNumber, purpose, ...pair });
    await recorded.tolerant(bank.verifySignature({ requestId: recorded.requestId(), customerNumber, code: '1' }));
  });
}

const wire: WireLine[] = [];

async function withWire(lab: Lab, run: () => Promise<void>): Promise<Recording> {
  const from = wire.length;
  await run().catch((error: unknown) => {
    throw new Error(`the recording failed: ${lab.log()}`, { cause: error });
  });
  await lab.stopDaemon();
  return { wire: wire.slice(from), store: storeOf(join(lab.dataDir, 'vault', 'vault.db')) };
}

/** Returns each row as JSON, with its bytes in hexadecimal. */
function storeOf(path: string): Recording['store'] {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  const rowsOf = (table: string) =>
    db
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) =>
        JSON.stringify(row, (_, cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell)),
      );
  return Object.fromEntries(tables.map(({ name }) => [String(name), rowsOf(String(name))]));
}

/**
 * Returns a line per message and row with the digest of its bytes, or with --whole the bytes
 * themselves, to compare two runs.
 */
function linesOf(name: string, { wire, store }: Recording): string[] {
  const shown = (what: string) =>
    process.argv.includes('--whole') ? what : createHash('sha256').update(what).digest('hex').slice(0, 32);
  return [
    ...wire.map(([path, direction, what]) => `${name} ${path.split('/').at(-1)} ${direction} ${shown(what)}`),
    ...Object.entries(store).flatMap(([table, rows]) => rows.map((row, i) => `${name} ${table} ${i} ${shown(row)}`)),
  ];
}

seedProcess('clients');
tapClients(wire);
const lines = [...linesOf('maskan', await recordMaskan()), ...linesOf('sepah', await recordSepah())];
writeSync(1, `${lines.join('\n')}\n`);
process.exit(0);
