import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { service as healthDefinition } from 'grpc-health-check';
import type { Lab } from './lab.ts';

/** What a load balancer is told of a service. */
export function healthOf(lab: Lab, service: string): Promise<string> {
  const pem = (file: string) => readFileSync(join(lab.data_dir, 'pki', file));
  const ssl = credentials.createSsl(pem('ca.crt'), pem('auditor.key'), pem('auditor.crt'));
  const { Health } = loadPackageDefinition({ Health: healthDefinition }) as any;
  const client = new Health(`localhost:${lab.daemon.port}`, ssl);
  return new Promise((done) => {
    client.check({ service }, (error: ServiceError | null, answer: { status: string }) => {
      client.close();
      done(error?.details ?? answer.status);
    });
  });
}
