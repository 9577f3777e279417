// Every state x role x RPC, from the tables that declare them: who may call what, and when.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSync } from '@grpc/proto-loader';
import { RecipientKeys } from '@ramz/custody';
import { CallRefused, type RamzClient } from '@ramz/hsm-daemon';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../apps/hsm-daemon/src/boundary/commands.ts';
import { ADMITTED_IN, DAEMON_STATES, type DaemonState } from '../../apps/hsm-daemon/src/boundary/daemon-state.ts';
import { ROLES_OF, type Role, type RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';

const COMMAND_OF: Readonly<Record<RpcName, Command['kind']>> = {
  Verify: 'verify',
  VerifyBatch: 'verify',
  Enrol: 'enrol',
  GetStatus: 'status',
  Initialise: 'initialise',
  GetSessionKey: 'session-key',
  GiveShare: 'give-share',
  Seal: 'seal',
};
const CALLER_OF: Readonly<Record<Role, string>> = {
  channel: 'internet-bank',
  enrolment: 'enrolment-office',
  operator: 'operator',
  custodian: 'custodian',
  auditor: 'auditor',
};
const RPCS = Object.keys(ROLES_OF) as RpcName[];

/** A well-formed call that changes nothing where it is refused, and nothing lasting where it is not. */
async function call(client: RamzClient, rpc: RpcName, key: Buffer): Promise<unknown> {
  const attempt = {
    requestId: randomUUID(),
    cardNumber: cardNumber(5),
    purpose: 'PURPOSE_FIRST_PIN' as const,
    code: '0000',
  };
  switch (rpc) {
    case 'Verify':
      return client.verify(attempt);
    case 'VerifyBatch':
      return client.verifyBatch([attempt]);
    case 'Enrol':
      return client.enrol({
        cardNumber: cardNumber(5),
        purpose: 'PURPOSE_FIRST_PIN',
        tokenSerial: 'T',
        tokenPublicKey: key,
      });
    case 'GetStatus':
      return client.status();
    case 'Initialise':
      return client.initialise({ threshold: 1, custodians: [{ name: 'a', publicKey: key }] });
    case 'GetSessionKey':
      return client.sessionKey();
    case 'GiveShare':
      return client.giveShare({ custodian: 'a', envelope: Buffer.alloc(60) });
    case 'Seal':
      return client.seal();
  }
}

const outcome = async (answer: Promise<unknown>) =>
  answer.then(
    () => 'OK',
    (error: unknown) => (error instanceof CallRefused ? error.code : String(error)),
  );

describe.each(DAEMON_STATES)('a daemon that is %s', (state: DaemonState) => {
  let lab: Lab;
  let key: Buffer;
  beforeAll(async () => {
    lab = await Lab.start('real', state);
    key = Buffer.from((await RecipientKeys.make()).public_key);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it.each(Object.keys(CALLER_OF) as Role[])('as %s', async (role) => {
    const client = lab.client(CALLER_OF[role]);
    for (const rpc of RPCS) {
      const said = await outcome(call(client, rpc, key));
      const allowed = ROLES_OF[rpc].includes(role);
      const admitted = ADMITTED_IN[COMMAND_OF[rpc]].includes(state);
      if (!allowed) expect([rpc, said]).toEqual([rpc, 'PERMISSION_DENIED']);
      else if (!admitted) expect([rpc, said]).toEqual([rpc, 'FAILED_PRECONDITION']);
      else
        expect([rpc, said]).not.toEqual([rpc, expect.stringMatching(/PERMISSION_DENIED|FAILED_PRECONDITION|INTERNAL/)]);
      if (rpc === 'Seal' && said === 'OK') await lab.unseal();
    }
  });

  it('the caller stayed what it was, and every refusal is in the audit log', async () => {
    expect((await lab.client('auditor').status()).state).toBe(`DAEMON_STATE_${state.toUpperCase()}`);
    await lab.stopDaemon();
    const ledger = SqliteLedger.open(join(lab.data_dir, 'vault', 'vault.db'), Date.now());
    const refused = [...ledger.entries(0)].flatMap((entry) =>
      entry.kind === 'refusal' ? [`${entry.caller} ${entry.rpc}`] : [],
    );
    ledger.close();
    const expected = RPCS.flatMap((rpc) =>
      (Object.keys(CALLER_OF) as Role[]).flatMap((role) =>
        ROLES_OF[rpc].includes(role) ? [] : [`${CALLER_OF[role]} ${rpc}`],
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

  it('docs/states.md shows the tables as they are', () => {
    const doc = readFileSync(new URL('../../docs/states.md', import.meta.url), 'utf8').replace(/ +/g, ' ');
    for (const rpc of RPCS) {
      const states = DAEMON_STATES.map((state) => (ADMITTED_IN[COMMAND_OF[rpc]].includes(state) ? 'yes' : '–'));
      expect(doc).toContain(
        `| ${rpc} | ${ROLES_OF[rpc].length === 5 ? 'all' : ROLES_OF[rpc].join(', ')} | ${states.join(' | ')} |`,
      );
    }
  });
});
