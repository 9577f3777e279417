// The commands with which people play an activation: an ATM, a text gateway, an app, a branch.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOBILE } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { runRamz } from '../harness/run-ramz.ts';

const RAMZ = fileURLToPath(new URL('../../apps/ramz-cli/dist/main.js', import.meta.url));

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Runs `ramz texts follow` while `work` does what makes the texts. Returns what it has shown. */
async function withTexts(count: number, work: () => void): Promise<string> {
  const where = ['--data-dir', lab.dataDir, '--port', String(lab.daemon.port), '--count', String(count)];
  const child = spawn(process.execPath, [RAMZ, 'texts', 'follow', ...where]);
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  await once(child.stderr, 'data');
  // The gateway waits already when an ATM is refused for its card, which has no number.
  await expect.poll(() => atm(99, 'pin-services/dynamic-pin/app').status).toBe(1);
  work();
  await once(child, 'exit');
  return shown;
}

const atm = (n: number, choose: string, ...more: readonly string[]) =>
  runRamz(lab, 'atm', '--card', cardNumber(n), '--mobile', MOBILE, '--choose', choose, ...more);

it('an ATM says that no text can be sent, and does nothing', () => {
  const { status, stderr } = atm(1, 'pin-services/dynamic-pin/app');
  expect([status, stderr]).toEqual([2, expect.stringContaining('no text gateway waits at this daemon')]);
});

it('M-22, M-23, M-25 to M-29, M-31, M-33, M-34, M-46: the menus lead to a receipt, a text, an app with codes, a block and a deactivation', async () => {
  expect(runRamz(lab, 'card', 'put', '--card', cardNumber(1), '--mobile', MOBILE).status).toBe(0);
  let receipt = '';
  const shown = await withTexts(2, () => {
    receipt = atm(1, 'pin-services/dynamic-pin/app').stdout;
    expect(atm(1, 'pin-services/dynamic-pin/text').stdout).toContain('A text with the second code is on its way.');
  });
  const printed = /code: (\d{4} \d{4})/.exec(receipt)?.[1] ?? '';
  const [first, again] = [...shown.matchAll(/: (\d{8}) \(/g)].map(([, code]) => code);
  expect(first).toBe(again);
  const app = (...args: readonly string[]) => runRamz(lab, 'app', ...args, '--card', cardNumber(1));
  expect(app('add', '--printed', printed, '--text', '00000000')).toMatchObject({ status: 1 });
  expect(app('add', '--printed', printed, '--text', first ?? '').stdout).toContain('activated');
  const code = /^(\d{8}) /.exec(app('code').stdout)?.[1] ?? '';
  expect(runRamz(lab, 'verify', '--card', cardNumber(1), '--code', code).stdout).toContain('ACCEPTED');
  expect(app('state').stdout).toContain('second-pin: active');
  expect(app('delete').stdout).toContain('deleted');
  // M-31: in another menu than activation.
  expect(atm(1, 'change-pin/deactivate').stdout).toContain('static second PIN is in use again');
  expect(atm(1, 'pin-services/block').stdout).toContain('Only a branch lifts the block');
  expect(runRamz(lab, 'branch', 'unblock', '--card', cardNumber(1)).status).toBe(0);
  expect(app('state')).toMatchObject({ status: 2 });
});

it('asks for what it needs, in Persian too', async () => {
  const where = ['--data-dir', lab.dataDir, '--port', String(lab.daemon.port), '--lang', 'fa'];
  const child = spawn(process.execPath, [RAMZ, 'atm', ...where]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  // The card, the first PIN, change PIN and back, PIN services, a wrong choice, then block in
  // Persian digits.
  child.stdin.end(`${cardNumber(2)}\n1234\n2\n0\n1\n9\n۲\n`);
  const [exit] = await once(child, 'exit');
  expect(said).toContain('خدمات رمز پویا');
  expect(said).toContain('یکی از شماره‌ها را برگزینید.');
  expect([exit, said]).toEqual([0, expect.stringContaining('رمز دوم مسدود شد')]);
});

it.each([
  ['atm', ['--json'], 'give --card and --choose'],
  ['atm', ['--card', '1', '--choose', 'pin-services'], 'is invalid'],
  ['app', ['code'], 'give either --card or --customer'],
  ['app', ['code', '--card', '6280230000000019'], 'no token'],
  ['app', ['delete', '--card', '6280230000000019'], 'no token'],
  ['app', ['add', '--card', '6280230000000019', '--printed', '1234'], 'type it again'],
  ['app', ['code', '--card', '1', '--audit-key', 'abc'], '64 hexadecimal digits'],
  ['texts', ['follow', '--count', 'x'], 'invalid'],
])('ramz %s %j says what is wrong', (command, args, message) => {
  const { status, stdout, stderr } = runRamz(lab, command, ...args);
  expect([status, `${stdout}${stderr}`]).toEqual([expect.any(Number), expect.stringContaining(message)]);
  expect(status).not.toBe(0);
});
