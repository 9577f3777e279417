// The `ramz` command driven by programs: a whole ceremony over pipes, and the answer of each
// command.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

const RAMZ = fileURLToPath(new URL('../../apps/ramz-cli/dist/main.js', import.meta.url));
const PASSPHRASE = 'correct horse battery staple';
let lab: Lab;
const children: ChildProcess[] = [];
beforeAll(async () => {
  lab = await Lab.start('real', 'uninitialised');
  writeFileSync(join(lab.dataDir, 'passphrase'), `${PASSPHRASE}\n`);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await lab[Symbol.asyncDispose]();
});

type Line = Readonly<Record<string, unknown>>;
/** A program's answer to a question; undefined leaves it unanswered. */
type Answer = (event: Line, events: readonly Line[]) => string | undefined;

interface FinishedRun {
  readonly events: readonly Line[];
  readonly status: number | null;
  readonly said: string;
}

function ramz(args: readonly string[], answer: Answer = () => undefined): Promise<FinishedRun> {
  const where = ['--data-dir', lab.dataDir, '--port', String(lab.daemon.port)];
  const local = args[0] === 'person' || args[1] === 'check-minutes' || args[1] === 'verify';
  const child = spawn(process.execPath, [RAMZ, ...args, ...(local ? [] : where), '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  const events: Line[] = [];
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as Line;
    events.push(event);
    const reply = answer(event, events);
    if (reply !== undefined) child.stdin.write(`${reply}\n`);
  });
  return new Promise((done) => child.once('close', (status) => done({ events, status, said })));
}

const file = (name: string) => join(lab.dataDir, name);
const person = (name: string, role: string) =>
  ramz([
    'person',
    'new',
    '--name',
    name,
    '--role',
    role,
    '--out',
    file(`${name}.json`),
    '--passphrase-file',
    file('passphrase'),
  ]);
const as = (name: string) => ['--keys', file(`${name}.json`), '--passphrase-file', file('passphrase')];
const paper = new Map<string, string>();
/** Answers yes, writes the share down, and types it in, the first time with too few words. */
const custodian = (name: string): Answer => {
  let mistakes = 1;
  return (event) => {
    if ('share' in event) paper.set(name, String(event['share']));
    if (event['ask'] === 'share') return mistakes-- > 0 ? 'academic acid' : paper.get(name);
    return 'ask' in event ? 'yes' : undefined;
  };
};

/** Starts `ramz unseal` for a custodian who never answers the question for the share. */
async function unsealUnanswered(name: string): Promise<{ readonly ended: Promise<FinishedRun> }> {
  const asked = Promise.withResolvers<void>();
  const ended = ramz(['unseal', ...as(name)], (event) => {
    if (event['ask'] === 'share') asked.resolve();
    return undefined;
  });
  await asked.promise;
  return { ended };
}

describe('ramz over pipes', () => {
  it('holds the first ceremony with three people, and its minutes are valid', async () => {
    for (const [name, role] of [
      ['op', 'operator'],
      ['ada', 'custodian'],
      ['bea', 'custodian'],
    ] as const) {
      const { events, status } = await person(name, role);
      expect([status, events.at(-1)]).toEqual([
        0,
        expect.objectContaining({
          name,
          role,
          fingerprint: expect.stringMatching(/^(\d{5} ){5}\d{5}$/),
          protected: true,
        }),
      ]);
    }
    expect((await person('op', 'operator')).status).toBe(2);
    const opened = await ramz(
      ['ceremony', 'open', ...as('op'), '--kind', 'initialise', '--threshold', '2', '--custodians', 'ada', 'bea'],
      (event) => ('ask' in event ? 'yes' : undefined),
    );
    expect(opened.events[0]).toEqual({ vault: readFileSync(file('vault/fingerprint'), 'utf8').trim() });
    const seats = ['ada', 'bea'].map((name) =>
      ramz(['ceremony', 'attend', ...as(name), '--print', file(`${name}.pdf`)], custodian(name)),
    );
    for (;;) {
      const { events } = await ramz(['ceremony', 'finalise', ...as('op')]);
      if (!JSON.stringify(events).includes('cannot be carried out yet')) break;
      await new Promise((later) => setTimeout(later, 300));
    }
    for (const seat of seats) {
      const { events, status } = await seat;
      expect(status).toBe(0);
      expect(events.some((event) => 'wrong' in event)).toBe(true);
      expect(events.at(-1)).toMatchObject({ state: 'sealed', ceremony: { phase: 'finalised' } });
    }
    expect(readFileSync(file('ada.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    const shown = (await ramz(['ceremony', 'show', ...as('op')])).events.at(-1) as { ceremony: { id: string } };
    expect((await ramz(['ceremony', 'minutes', shown.ceremony.id, '--out', file('minutes.json')])).status).toBe(0);
    const vault = readFileSync(file('vault/fingerprint'), 'utf8').trim();
    const checked = await ramz(['ceremony', 'check-minutes', file('minutes.json'), '--vault', vault]);
    expect([checked.status, checked.events.at(-1)]).toEqual([
      0,
      expect.objectContaining({ faults: [], signers: expect.arrayContaining(['ada', 'bea']) }),
    ]);
    const changed = readFileSync(file('minutes.json'), 'utf8').replace(
      '\\"threshold\\\\\\":2',
      '\\"threshold\\\\\\":3',
    );
    writeFileSync(file('changed.json'), changed);
    expect((await ramz(['ceremony', 'check-minutes', file('changed.json')])).status).toBe(1);
    const other = `00000${vault.slice(5)}`;
    expect((await ramz(['ceremony', 'check-minutes', file('minutes.json'), '--vault', other])).status).toBe(1);
    expect((await ramz(['ceremony', 'check-minutes', file('minutes.json'), '--vault', '0'])).status).toBe(2);
    // An existing file is not overwritten.
    expect((await ramz(['ceremony', 'minutes', shown.ceremony.id, '--out', file('minutes.json')])).status).toBe(2);
  });

  it('fails early on wrong input, and says what to do', async () => {
    const noFolder = await ramz(['ceremony', 'attend', ...as('ada'), '--print', file('none/page.pdf')]);
    expect([noFolder.status, noFolder.events[0]]).toEqual([
      2,
      { error: { code: 'ERROR', message: expect.stringContaining('its folder is missing') } },
    ]);
    const again = await ramz(['ceremony', 'open', ...as('op'), '--kind', 'initialise']);
    expect(again.events.at(-1)).toMatchObject({ error: { message: expect.stringContaining('--threshold') } });
    for (const usage of [
      ['audit', 'verify'],
      ['ceremony', 'dance'],
      ['status', '--nothing'],
    ]) {
      const { status, events } = await ramz(usage);
      expect([usage, status, events[0]]).toEqual([usage, 2, { error: expect.objectContaining({ code: 'USAGE' }) }]);
    }
    expect((await ramz(['audit', 'verify', file('none')])).status).toBe(2);
    expect((await ramz(['ceremony', 'abort', ...as('op'), '--reason', 'x'])).events.at(-1)).toMatchObject({
      error: { message: 'no ceremony is open' },
    });
  });

  it('signs the minutes later, once, for a person who did not sign them in "attend"', async () => {
    const signed = await ramz(['ceremony', 'sign-minutes', ...as('op')], (event) =>
      'ask' in event ? 'yes' : undefined,
    );
    expect([signed.status, signed.events.at(-1)]).toEqual([0, { ceremony: expect.any(String), signed: true }]);
    // The terminal knows the vault, so nothing is left to compare.
    expect(JSON.stringify(signed.events)).not.toContain('NOT COMPARED');
    const again = await ramz(['ceremony', 'sign-minutes', ...as('op')]);
    expect(again.events).toContainEqual({ signed_before: true });
    expect(again.events.at(-1)).toMatchObject({ signed: false });
  });

  it('unseals with two custodians, and writes no share to disk without --print', async () => {
    const [one, two] = await Promise.all(['ada', 'bea'].map((name) => ramz(['unseal', ...as(name)], custodian(name))));
    expect([one?.status, two?.status]).toEqual([0, 0]);
    expect((await ramz(['status'])).events[0]).toMatchObject({ state: 'DAEMON_STATE_OPERATIONAL' });
    for (const name of ['ada.json', 'bea.json', 'daemon.log', 'minutes.json']) {
      for (const share of paper.values()) expect(readFileSync(file(name), 'utf8')).not.toContain(share);
    }
  });

  it('withdraws the question for a share that is no longer needed', async () => {
    expect((await ramz(['seal', ...as('op')])).status).toBe(0);
    const bea = await unsealUnanswered('bea');
    const aborted = await ramz(['ceremony', 'abort', ...as('op'), '--reason', 'a fire alarm']);
    expect([aborted.status, aborted.events.at(-1)]).toEqual([0, expect.objectContaining({ state: 'sealed' })]);
    const { events } = await bea.ended;
    expect(events).toContainEqual({ taken_back: 'share' });
    expect(events).toContainEqual({ no_longer_asked: true });
    const opened = await Promise.all(['ada', 'bea'].map((name) => ramz(['unseal', ...as(name)], custodian(name))));
    expect(opened.map(({ status }) => status)).toEqual([0, 0]);
  });

  it('reports UNAVAILABLE and ends the question when the daemon dies while a person types', async () => {
    expect((await ramz(['seal', ...as('op')])).status).toBe(0);
    const bea = await unsealUnanswered('bea');
    await lab.kill('both');
    const { status, events } = await bea.ended;
    expect([status, events.at(-1)]).toEqual([69, { error: expect.objectContaining({ code: 'UNAVAILABLE' }) }]);
    await lab.startDaemon();
    const opened = await Promise.all(['ada', 'bea'].map((name) => ramz(['unseal', ...as(name)], custodian(name))));
    expect(opened.map(({ status: leftWith }) => leftWith)).toEqual([0, 0]);
  });

  it('exits with 2 and one object for a wrong passphrase, file or proposal', async () => {
    writeFileSync(file('wrong'), 'not the passphrase\n');
    const refused = await ramz(['seal', '--keys', file('op.json'), '--passphrase-file', file('wrong')]);
    expect([refused.status, refused.events]).toEqual([
      2,
      [{ error: { code: 'ERROR', message: 'the passphrase is wrong, or the file was changed' } }],
    ]);
    expect((await ramz(['seal', '--keys', file('nothing.json')])).status).toBe(2);
    expect((await ramz(['approve', '0'.repeat(32), ...as('ada')])).events[0]).toMatchObject({
      error: { message: expect.stringContaining('no such proposal') },
    });
    expect(
      (
        await ramz([
          'person',
          'new',
          '--name',
          'Ada B',
          '--out',
          file('x.json'),
          '--passphrase-file',
          file('passphrase'),
        ])
      ).status,
    ).toBe(2);
    expect(existsSync(file('x.json'))).toBe(false);
  });

  it('waits for a second approval where two are needed, and verifies the exported log', async () => {
    await person('second', 'operator');
    const { events } = await ramz(['propose', 'add-person', file('second.json'), ...as('op')]);
    const { proposal, missing } = events.at(-1) as { proposal: string; missing: string };
    expect(missing).toContain('1 more custodian');
    const twice = await ramz(['propose', 'add-person', file('second.json'), ...as('op')]);
    expect([twice.status, JSON.stringify(twice.events.at(-1))]).toEqual([2, expect.stringContaining(proposal)]);
    expect(
      (await ramz(['approve', proposal, ...as('ada')], (event) => ('ask' in event ? 'yes' : undefined))).events.at(-1),
    ).toMatchObject({ done: true });
    expect((await ramz(['audit', 'export', '--out', file('export')])).status).toBe(0);
    expect((await ramz(['audit', 'verify', file('export')])).status).toBe(0);
    const { key, fingerprint } = (await ramz(['audit', 'key', ...as('op')])).events.at(-1) as Record<string, string>;
    for (const known of [key, fingerprint])
      expect((await ramz(['audit', 'verify', file('export'), '--key', known ?? ''])).status).toBe(0);
    expect((await ramz(['audit', 'verify', file('export'), '--key', '0'.repeat(64)])).status).toBe(1);
    expect((await ramz(['audit', 'verify', file('export'), '--key', 'key'])).status).toBe(2);
    expect(readFileSync(file('minutes.json'), 'utf8')).toContain(key);
    writeFileSync(file('export'), readFileSync(file('export'), 'utf8').replace(/^e 7 /m, 'e 8 '));
    const checked = await ramz(['audit', 'verify', file('export')]);
    expect([checked.status, checked.events[0]]).toEqual([
      1,
      expect.objectContaining({ fault: expect.stringContaining('entry 7') }),
    ]);
    expect((await ramz(['keys'])).events[0]).toMatchObject({ realm: 'test' });
    expect(
      (await ramz(['seal', ...as('second')], (event) => ('ask' in event ? 'yes' : undefined))).events.at(-1),
    ).toMatchObject({ done: true, state: 'sealed' });
  });
});
