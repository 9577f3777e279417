// Checks every state x role x RPC against the tables that declare who may call what, and when.
import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadSync } from '@grpc/proto-loader';
import { CallRefused, type RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isActivationAct } from '../../apps/hsm-daemon/src/boundary/activation-commands.ts';
import { ADMITTED_IN } from '../../apps/hsm-daemon/src/boundary/admitted-in.ts';
import { isSubjectAct } from '../../apps/hsm-daemon/src/boundary/life-cycle-commands.ts';
import { ROLES, ROLES_OF, type Role, type RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { DAEMON_STATES, type DaemonState } from '../../libs/custody/src/ceremony/daemon-state.ts';
import { TextsSeen } from '../harness/activation-lab.ts';
import { COMMAND_OF } from '../harness/command-of.ts';
import { Lab } from '../harness/lab.ts';
import { allEntries } from '../harness/ledger-entries.ts';
import { call } from './well-formed-calls.ts';

const CALLER_OF: Readonly<Record<Role, string>> = {
  channel: 'internet-bank',
  enrolment: 'enrolment-office',
  operator: 'operator',
  custodian: 'custodian',
  auditor: 'auditor',
  core: 'core',
  gateway: 'app-gateway',
  texts: 'text-gateway',
};
const RPCS = Object.keys(ROLES_OF) as RpcName[];
const BRANCH = 'branch-12';
/** Acts come from a branch, or an ATM; which channel may ask for which is another table. */
function callerOf(role: Role, rpc: RpcName): string {
  const kind = COMMAND_OF[rpc];
  if (role !== 'channel') return CALLER_OF[role];
  if (kind === 'request-activation' || kind === 'repeat-text') return 'atm';
  return isSubjectAct({ kind }) || isActivationAct({ kind }) || kind === 'file' ? BRANCH : CALLER_OF[role];
}

const outcome = async (answer: Promise<unknown>) =>
  answer.then(
    () => 'OK',
    (error: unknown) => (error instanceof CallRefused ? error.code : String(error)),
  );

/** Starts a daemon and moves it into a state by real events. */
async function labIn(state: DaemonState): Promise<Lab> {
  if (state === 'uninitialised' || state === 'sealed' || state === 'operational') return Lab.start('real', state);
  if (state === 'clock-jumped') return labWithJump();
  const lab = await Lab.start('real', 'operational');
  if (state === 'destroyed') await lab.people().approved({ name: 'zeroise' }, ['custodian-1', 'custodian-2']);
  else if (state === 'failed') {
    await lab.stopDaemon();
    await lab.startDaemon('real', ['--fail-self-test', 'sha-256']);
  } else await rollBack(lab);
  return lab;
}

async function labWithJump(): Promise<Lab> {
  const lab = await Lab.start('odd-clock', 'operational');
  lab.setClock(3_600_000);
  await lab.client('auditor').status();
  return lab;
}

/** Restores an older copy of the store under the current anchor. */
async function rollBack(lab: Lab): Promise<void> {
  await lab.stopDaemon();
  const [vault, copy] = [join(lab.dataDir, 'vault'), join(lab.dataDir, 'copy')];
  cpSync(vault, copy, { recursive: true });
  await lab.startDaemon();
  await lab.stopDaemon();
  rmSync(vault, { recursive: true });
  renameSync(copy, vault);
  await lab.startDaemon('real', ['--restore']);
}

describe.each(DAEMON_STATES)('a daemon that is %s', (state: DaemonState) => {
  let lab: Lab;
  let key: Buffer;
  beforeAll(async () => {
    lab = await labIn(state);
    key = Buffer.from((await RecipientKeys.make()).publicKey);
    // Without it no activation begins, in any state.
    await TextsSeen.follow(lab);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it.each(Object.keys(CALLER_OF) as Role[])('answers %s by the tables', async (role) => {
    const clients = new Map([CALLER_OF[role], BRANCH, 'atm'].map((name) => [name, lab.client(name)]));
    const clientOf = (name: string) => clients.get(name) as RamzClient;
    for (const rpc of RPCS) {
      const said = await outcome(call(clientOf(callerOf(role, rpc)), rpc, key));
      const allowed = ROLES_OF[rpc].includes(role);
      const admitted = ADMITTED_IN[COMMAND_OF[rpc]].includes(state);
      if (!allowed) expect([rpc, said]).toEqual([rpc, 'PERMISSION_DENIED']);
      else if (!admitted) expect([rpc, said]).toEqual([rpc, 'FAILED_PRECONDITION']);
      else
        expect([rpc, said]).not.toEqual([rpc, expect.stringMatching(/PERMISSION_DENIED|FAILED_PRECONDITION|INTERNAL/)]);
    }
  });

  it('keeps its state, and logs every refusal in the audit log', async () => {
    expect((await lab.client('auditor').status()).state).toBe(`DAEMON_STATE_${state.toUpperCase().replace('-', '_')}`);
    await lab.stopDaemon();
    // A failed daemon writes nothing, not even its log.
    if (state === 'failed') return;
    const ledger = SqliteLedger.open(join(lab.dataDir, 'vault', 'vault.db'), Date.now());
    const refused = (await allEntries(ledger)).flatMap((entry) =>
      entry.kind === 'refusal' && entry.reason.startsWith('role ') ? [`${entry.caller} ${entry.rpc}`] : [],
    );
    await ledger.close();
    const expected = RPCS.flatMap((rpc) =>
      (Object.keys(CALLER_OF) as Role[]).flatMap((role) =>
        ROLES_OF[rpc].includes(role) ? [] : [`${callerOf(role, rpc)} ${rpc}`],
      ),
    );
    expect(refused.toSorted()).toEqual(expected.toSorted());
  });
});

describe('the contract', () => {
  it('has exactly the RPCs that the role table names', () => {
    const definition = loadSync([...PROTO_FILES], LOADER_OPTIONS);
    const services = Object.values(definition).filter((value) => !('format' in value));
    const named = services.flatMap((service) => Object.keys(service));
    expect(named.toSorted()).toEqual(RPCS.toSorted());
  });

  it('has the same tables in docs/reference/states.md', () => {
    const doc = readFileSync(new URL('../../docs/reference/states.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
    for (const rpc of RPCS) {
      const states = DAEMON_STATES.map((state) => (ADMITTED_IN[COMMAND_OF[rpc]].includes(state) ? 'yes' : '–'));
      expect(doc).toContain(
        `| ${rpc} | ${ROLES_OF[rpc].length === ROLES.length ? 'all' : ROLES_OF[rpc].join(', ')} | ${states.join(' | ')} |`,
      );
    }
  });
});
