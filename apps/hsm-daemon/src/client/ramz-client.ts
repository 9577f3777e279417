import { type ChannelOptions, credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import {
  type CeremonyServiceClient,
  type EnrolmentServiceClient,
  LOADER_OPTIONS,
  PROTO_FILES,
  type RamzGrpcTypes,
  type StatusServiceClient,
  type VerificationServiceClient,
  type WireEnrolInput,
  type WireEnrolResult,
  type WireGiveShareInput,
  type WireGiveShareResult,
  type WireInitialiseInput,
  type WireInitialiseResult,
  type WireSealResult,
  type WireSessionKeyResult,
  type WireStatusResult,
  type WireVerifyInput,
  type WireVerifyResult,
} from '@ramz/proto';
import { readParty } from '../front/access/test-authority.ts';
import { CallRefused } from './call-refused.ts';

/** A daemon, and whose certificate to show it. */
export interface Connection {
  readonly data_dir: string;
  /** A name under `<data-dir>/pki`. */
  readonly caller: string;
  readonly host: string;
  readonly port: number;
}

/** Longer than any call takes; shorter than a person waits. */
const DEADLINE_MS = 10_000;

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;

/** One daemon's services as promises. Each call fails with `CallRefused`. */
export class RamzClient {
  readonly #verification: VerificationServiceClient;
  readonly #enrolment: EnrolmentServiceClient;
  readonly #status: StatusServiceClient;
  readonly #ceremony: CeremonyServiceClient;

  /** `options` for tests that need connections of their own. */
  constructor({ data_dir, caller, host, port }: Connection, options: ChannelOptions = {}) {
    const { ca, certificate, key } = readParty(data_dir, caller);
    const ssl = credentials.createSsl(ca, key, certificate);
    const address = `${host}:${port}`;
    // The test authority names the daemon localhost, by whatever address it is reached.
    const named = { 'grpc.ssl_target_name_override': 'localhost', 'grpc.default_authority': 'localhost', ...options };
    const definition = loadSync([...PROTO_FILES], LOADER_OPTIONS);
    const { v1 } = (loadPackageDefinition(definition) as unknown as RamzGrpcTypes).ramz.hsm;
    this.#verification = new v1.VerificationService(address, ssl, named);
    this.#enrolment = new v1.EnrolmentService(address, ssl, named);
    this.#status = new v1.StatusService(address, ssl, named);
    this.#ceremony = new v1.CeremonyService(address, ssl, named);
  }

  verify(request: WireVerifyInput): Promise<WireVerifyResult> {
    return answer((options, done) => this.#verification.verify(request, options, done));
  }

  async verifyBatch(requests: WireVerifyInput[]): Promise<WireVerifyResult[]> {
    const { responses } = await answer<{ responses: WireVerifyResult[] }>((options, done) =>
      this.#verification.verifyBatch({ requests }, options, done),
    );
    return responses;
  }

  enrol(request: WireEnrolInput): Promise<WireEnrolResult> {
    return answer((options, done) => this.#enrolment.enrol(request, options, done));
  }

  status(): Promise<WireStatusResult> {
    return answer((options, done) => this.#status.getStatus({}, options, done));
  }

  initialise(request: WireInitialiseInput): Promise<WireInitialiseResult> {
    return answer((options, done) => this.#ceremony.initialise(request, options, done));
  }

  sessionKey(): Promise<WireSessionKeyResult> {
    return answer((options, done) => this.#ceremony.getSessionKey({}, options, done));
  }

  giveShare(request: WireGiveShareInput): Promise<WireGiveShareResult> {
    return answer((options, done) => this.#ceremony.giveShare(request, options, done));
  }

  seal(): Promise<WireSealResult> {
    return answer((options, done) => this.#ceremony.seal({}, options, done));
  }

  close(): void {
    for (const client of [this.#verification, this.#enrolment, this.#status, this.#ceremony]) client.close();
  }
}

function answer<Response>(
  send: (options: { deadline: number }, done: Callback<Response>) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send({ deadline: Date.now() + DEADLINE_MS }, (error, response) => {
      if (error !== null || response === undefined) reject(CallRefused.from(error));
      else resolve(response);
    });
  });
}
