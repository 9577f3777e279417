import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { service as healthDefinition } from 'grpc-health-check';
import type { Lab } from './lab.ts';

/** Returns the health of a service as a load balancer reads it. */
export function healthOf(lab: Lab, service: string): Promise<string> {
  const client = healthClient(lab);
  return new Promise((done) => {
    client.check({ service }, (error: ServiceError | null, answer: { status: string }) => {
      client.close();
      done(error?.details ?? answer.status);
    });
  });
}

/**
 * Watches the health of a service. `told` collects the states; `ended` resolves with the details of
 * the final error.
 */
export async function watchHealth(
  lab: Lab,
  service: string,
): Promise<{ readonly told: readonly string[]; readonly ended: Promise<string> }> {
  const client = healthClient(lab);
  const watching = client.watch({ service });
  const told: string[] = [];
  watching.on('data', ({ status }: { status: string }) => told.push(status));
  const ended = new Promise<string>((done) => watching.once('error', ({ details }: ServiceError) => done(details)));
  await new Promise((first) => watching.once('data', first));
  return { told, ended: ended.finally(() => client.close()) };
}

function healthClient(lab: Lab): any {
  const pem = (file: string) => readFileSync(join(lab.dataDir, 'pki', file));
  const ssl = credentials.createSsl(pem('ca.crt'), pem('auditor.key'), pem('auditor.crt'));
  const { Health } = loadPackageDefinition({ Health: healthDefinition }) as any;
  return new Health(`localhost:${lab.daemon.port}`, ssl);
}
