import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { ROLES_OF, type RpcName } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import type { Lab } from '../harness/lab.ts';
import { Seeded } from '../sim/seeded.ts';
import { drawMessage, type Method, unaryMethods } from './rpc-messages.ts';

const CALLER_OF = {
  channel: 'internet-bank',
  enrolment: 'enrolment-office',
  operator: 'operator',
  custodian: 'custodian',
  auditor: 'auditor',
  core: 'core',
  gateway: 'app-gateway',
  texts: 'text-gateway',
} as const;
/** Statuses of unexpected errors, or of lost data. */
const BAD = [status.INTERNAL, status.UNKNOWN, status.DATA_LOSS, status.UNAVAILABLE];
const AT_ONCE = 16;
const DEADLINE_MS = 10_000;

export interface FuzzResult {
  readonly calls: number;
  readonly byStatus: Record<string, number>;
  /** Calls that ended with one of the `BAD` statuses. */
  readonly bad: readonly string[];
}

const same = (bytes: Buffer): Buffer => bytes;

/** Calls the methods of a service with random messages for `ms` milliseconds. */
export async function fuzzService(lab: Lab, service: string, seed: number, ms: number): Promise<FuzzResult> {
  const seeded = new Seeded(seed);
  const methods = unaryMethods().filter((method) => method.service === service);
  const clients = new Map(Object.values(CALLER_OF).map((caller) => [caller, connect(lab, caller)]));
  const byStatus: Record<string, number> = {};
  const bad: string[] = [];
  const untilMs = Date.now() + ms;
  let calls = 0;
  while (Date.now() < untilMs && bad.length < 10) {
    const some = Array.from({ length: AT_ONCE }, async () => {
      const method = seeded.pick(methods);
      const { bytes, isMessage } = drawMessage(method.type, seeded);
      const said = await call(clientFor(method, clients, seeded), method.path, bytes);
      calls += 1;
      byStatus[status[said.code] ?? ''] = (byStatus[status[said.code] ?? ''] ?? 0) + 1;
      // The library rejects malformed bytes before our code sees them.
      const isLibrarys = said.code === status.INTERNAL && !isMessage && said.message.includes('deserializing');
      if (BAD.includes(said.code) && !isLibrarys)
        bad.push(`${method.rpc} ${bytes.toString('base64').slice(0, 200)}: ${said.message}`);
    });
    await Promise.all(some);
  }
  for (const client of clients.values()) client.close();
  return { calls, byStatus, bad };
}

/** Returns a client, mostly one with a role that may call the method. */
function clientFor({ rpc }: Method, clients: ReadonlyMap<string, Client>, seeded: Seeded): Client {
  const roles = seeded.chance(0.9) ? ROLES_OF[rpc as RpcName] : (Object.keys(CALLER_OF) as (keyof typeof CALLER_OF)[]);
  return clients.get(CALLER_OF[seeded.pick(roles)]) as Client;
}

function connect(lab: Lab, caller: string): Client {
  const pem = (file: string) => readFileSync(join(lab.dataDir, 'pki', file));
  const ssl = credentials.createSsl(pem('ca.crt'), pem(`${caller}.key`), pem(`${caller}.crt`));
  return new Client(`localhost:${lab.daemon.port}`, ssl, { 'grpc.use_local_subchannel_pool': 1 });
}

function call(client: Client, path: string, bytes: Buffer): Promise<{ code: status; message: string }> {
  return new Promise((resolve) => {
    const deadline = Date.now() + DEADLINE_MS;
    client.makeUnaryRequest(path, same, same, bytes, { deadline }, (error: ServiceError | null) => {
      resolve(error === null ? { code: status.OK, message: '' } : { code: error.code, message: error.details });
    });
  });
}
