// The peer for comparison: a bare grpc-js server with the same contract and certificates, and no
// work.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPackageDefinition, Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '../../proto/dist/index.js';

const pem = (file: string) => readFileSync(join(process.argv[2] ?? '', 'pki', file));
const credentials = ServerCredentials.createSsl(
  pem('ca.crt'),
  [{ private_key: pem('server.key'), cert_chain: pem('server.crt') }],
  true,
);
type EchoStream = ServerDuplexStream<{ request: { requestId: string } }, object>;
const answer = { verdict: 'VERDICT_ACCEPTED', logIndex: '1' };
const definition: any = loadPackageDefinition(loadSync([...PROTO_FILES], LOADER_OPTIONS));
const server = new Server();
server.addService(definition.ramz.hsm.v1.VerificationService.service, {
  verify: (_call: unknown, done: (error: null, value: object) => void) => done(null, answer),
  verifyBatch: (call: { request: { requests: unknown[] } }, done: (error: null, value: object) => void) =>
    done(null, { responses: call.request.requests.map(() => answer) }),
  verifyStream: (call: EchoStream) => {
    call.on('data', (item) => {
      if (!call.write({ requestId: item.request.requestId, verdict: answer })) {
        call.pause();
        call.once('drain', () => call.resume());
      }
    });
    call.on('end', () => call.end());
  },
});
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error !== null) throw error;
  process.send?.({ listening: port });
});
process.on('disconnect', () => process.exit(0));
