// Text from the wire or a file reaches a screen without control characters: a false front moves no
// cursor, a forged file cannot hide its own faults. Seen to fail (planted) on commands that printed
// received text unchanged.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { partyIn, readParty } from '../../libs/client/src/party.ts';
import { Lab } from '../harness/lab.ts';
import { ramzBeside, runRamz, runRamzAlone, runRamzTokenAlone } from '../harness/run-ramz.ts';

/**
 * Clears the screen and claims that all is well, reverses the rest of the line, ends the line
 * early.
 */
const EVIL = '\u001b[2J\u001b[1;1Hall is well\u009b8m\u202Eerom on\u2066\rfine\b\b\u0007';
const ESCAPED = '\\u001b[2J';
const CONTROL = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

let lab: Lab;
let front: Server;
let port = 0;
beforeAll(async () => {
  lab = await Lab.start();
  const { ca, certificate, key } = readParty(partyIn(lab.dataDir, 'server'));
  front = new Server();
  const refuse = (_call: unknown, answer: (error: object) => void) => answer({ code: status.INTERNAL, details: EVIL });
  for (const service of Object.values(loadSync([...PROTO_FILES], LOADER_OPTIONS))) {
    if (typeof service !== 'object' || 'format' in service) continue;
    const methods = Object.keys(service).map((name) => [name, refuse] as const);
    front.addService(service as ServiceDefinition, Object.fromEntries(methods) as never);
  }
  const credentials = ServerCredentials.createSsl(ca, [{ cert_chain: certificate, private_key: key }], true);
  port = await new Promise<number>((resolve, reject) =>
    front.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error === null ? resolve(bound) : reject(error))),
  );
});
afterAll(async () => {
  front.forceShutdown();
  await lab[Symbol.asyncDispose]();
});

function expectClean({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): void {
  expect(stdout).not.toMatch(CONTROL);
  expect(stderr).not.toMatch(CONTROL);
  expect(stdout + stderr).toContain(ESCAPED);
}

it.each([
  ['status'],
  ['status', '--json'],
  ['keys'],
  ['audit', 'checkpoint'],
  ['verify', '--card', '6280231234567893', '--code', '12345678'],
  ['verify', '--card', '6280231234567893', '--code', '12345678', '--json'],
])('escapes control characters in the answer of a false front to `ramz %s %s`', async (...args) => {
  expectClean(await ramzBeside(lab.dataDir, port, ...args.filter((one) => one !== undefined)));
});

it('prints no control characters of forged minutes', () => {
  const signed = [{ statement: EVIL, signature: '00' }];
  const minutes = JSON.stringify({ ceremony: EVIL, realm: 'test', persons: [{ name: EVIL, role: EVIL }] });
  const forged = { ramz: 'minutes/v1', minutes, signature: '00', identity: '00'.repeat(32), signed };
  const path = join(lab.dataDir, 'forged.json');
  writeFileSync(path, JSON.stringify(forged));
  for (const json of [[], ['--json']]) {
    const { status: code, stdout, stderr } = runRamzAlone('ceremony', 'check-minutes', path, ...json);
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toMatch(CONTROL);
  }
});

it('prints no control characters of real minutes with a changed name', async () => {
  const path = join(lab.dataDir, 'minutes.json');
  const id = (await (await lab.people().operator()).look()).ceremony?.id ?? '';
  expect(runRamz(lab, 'ceremony', 'minutes', id, '--out', path).status).toBe(0);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { minutes: string };
  const changed = file.minutes.replaceAll('custodian-1', 'x\u009b2J\u202Eerom\u2066');
  writeFileSync(path, JSON.stringify({ ...file, minutes: changed }));
  const { status: code, stdout, stderr } = runRamzAlone('ceremony', 'check-minutes', path);
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/FAULT/);
  expect(stdout + stderr).not.toMatch(CONTROL);
});

it('prints no control characters of a scenario or an audit export', () => {
  const scenario = join(lab.dataDir, 'evil.yaml');
  const tokens = `{ t: { profile: ${JSON.stringify(EVIL)} } }`;
  writeFileSync(scenario, `name: evil\nsays: x\ntokens: ${tokens}\nsteps: [{ note: x }]\n`);
  expectClean(runRamzTokenAlone('scenario', 'run', scenario));
  const exported = join(lab.dataDir, 'export');
  writeFileSync(exported, `${EVIL}\n${EVIL}\n`);
  const { status: code, stdout, stderr } = runRamzAlone('audit', 'verify', exported);
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toMatch(CONTROL);
});
