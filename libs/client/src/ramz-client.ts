import {
  type CallOptions,
  type ChannelOptions,
  type ClientDuplexStream,
  credentials,
  loadPackageDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import {
  type AuditServiceClient,
  type CeremonyServiceClient,
  type EnrolmentServiceClient,
  type EventServiceClient,
  type KeyServiceClient,
  LOADER_OPTIONS,
  PROTO_FILES,
  type RamzGrpcTypes,
  type StatusServiceClient,
  type VerificationServiceClient,
  type WireActInput,
  type WireActResult,
  type WireAnnouncementResult,
  type WireCheckpointResult,
  type WireEnrolInput,
  type WireEnrolResult,
  type WireEntriesResult,
  type WireEventResult,
  type WireKeysResult,
  type WireMinutesResult,
  type WireProofResult,
  type WireResynchroniseInput,
  type WireSelfTestsResult,
  type WireStatusResult,
  type WireVerifyInput,
  type WireVerifyResult,
  type WireVerifySignatureInput,
  type WireVerifyStreamInput,
  type WireVerifyStreamResult,
} from '@ramz/proto';
import { ActivationClient } from './activation-client.ts';
import { CallRefused } from './call-refused.ts';
import { type Connection, openConnection } from './connection.ts';
import { RegisterClient } from './register-client.ts';

/** Longer than any call takes; shorter than a person waits. */
const DEADLINE_MS = 10_000;

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;

/** A client of one daemon's services. Each call's promise rejects with `CallRefused`. */
export class RamzClient {
  readonly #caller: string;
  readonly #verification: VerificationServiceClient;
  readonly #enrolment: EnrolmentServiceClient;
  readonly #status: StatusServiceClient;
  readonly #ceremony: CeremonyServiceClient;
  readonly #keys: KeyServiceClient;
  readonly #audit: AuditServiceClient;
  readonly #events: EventServiceClient;
  /** Files, permissions and places of cards and customers. */
  readonly register: RegisterClient;
  /** Codes for activations, apps' tokens and texts. */
  readonly activation: ActivationClient;

  /** @param options for tests that need their own connections */
  constructor(connection: Connection, options: ChannelOptions = {}) {
    this.#caller = connection.caller;
    const { party, serverName } = openConnection(connection);
    const ssl = credentials.createSsl(party.ca, party.key, party.certificate);
    const address = `${connection.host}:${connection.port}`;
    const named = { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName, ...options };
    const definition = loadSync([...PROTO_FILES], LOADER_OPTIONS);
    const { v1 } = (loadPackageDefinition(definition) as unknown as RamzGrpcTypes).ramz.hsm;
    this.#verification = new v1.VerificationService(address, ssl, named);
    this.#enrolment = new v1.EnrolmentService(address, ssl, named);
    this.#status = new v1.StatusService(address, ssl, named);
    this.#ceremony = new v1.CeremonyService(address, ssl, named);
    this.#keys = new v1.KeyService(address, ssl, named);
    this.#audit = new v1.AuditService(address, ssl, named);
    this.#events = new v1.EventService(address, ssl, named);
    const channel = [address, ssl, named] as const;
    this.register = new RegisterClient(v1, channel, (call) => this.#ask(call));
    this.activation = new ActivationClient(v1, channel, this.#caller, (call) => this.#ask(call));
  }

  verify(request: WireVerifyInput): Promise<WireVerifyResult> {
    return this.#ask((options, done) => this.#verification.verify(request, options, done));
  }

  async verifyBatch(requests: WireVerifyInput[]): Promise<WireVerifyResult[]> {
    const { responses } = await this.#ask<{ responses: WireVerifyResult[] }>((options, done) =>
      this.#verification.verifyBatch({ requests }, options, done),
    );
    return responses;
  }

  resynchronise(request: WireResynchroniseInput): Promise<WireVerifyResult> {
    return this.#ask((options, done) => this.#verification.resynchronise(request, options, done));
  }

  verifySignature(request: WireVerifySignatureInput): Promise<WireVerifyResult> {
    return this.#ask((options, done) => this.#verification.verifySignature(request, options, done));
  }

  /** Streams codes and, in order, their results. Fails with `ServiceError` of grpc-js. */
  verifyStream(options: CallOptions = {}): ClientDuplexStream<WireVerifyStreamInput, WireVerifyStreamResult> {
    return this.#verification.verifyStream(options);
  }

  enrol(request: WireEnrolInput): Promise<WireEnrolResult> {
    return this.#ask((options, done) => this.#enrolment.enrol(request, options, done));
  }

  status(): Promise<WireStatusResult> {
    return this.#ask((options, done) => this.#status.getStatus({}, options, done));
  }

  announcement(nonce: Buffer): Promise<WireAnnouncementResult> {
    return this.#ask((options, done) => this.#ceremony.getAnnouncement({ nonce }, options, done));
  }

  act(request: WireActInput): Promise<WireActResult> {
    return this.#ask((options, done) => this.#ceremony.act(request, options, done));
  }

  minutes(ceremony: string): Promise<WireMinutesResult> {
    return this.#ask((options, done) => this.#ceremony.getMinutes({ ceremony }, options, done));
  }

  keys(): Promise<WireKeysResult> {
    return this.#ask((options, done) => this.#keys.listKeys({}, options, done));
  }

  selfTests(force = ''): Promise<WireSelfTestsResult> {
    return this.#ask((options, done) => this.#keys.runSelfTests({ force }, options, done));
  }

  /**
   * Yields events, starting at an index of the log.
   * @throws CallRefused while it is read
   */
  async *watchEvents(first: number, onlyPast: boolean): AsyncGenerator<WireEventResult> {
    const stream = this.#events.watchEvents({ first: String(first), onlyPast });
    try {
      for await (const event of stream) yield event as WireEventResult;
    } catch (error) {
      throw CallRefused.from(error as ServiceError, this.#caller);
    } finally {
      stream.cancel();
    }
  }

  checkpoint(): Promise<WireCheckpointResult> {
    return this.#ask((options, done) => this.#audit.getCheckpoint({}, options, done));
  }

  entries(first: number, count: number): Promise<WireEntriesResult> {
    return this.#ask((options, done) => this.#audit.listEntries({ first, count }, options, done));
  }

  inclusionProof(index: number, size: number): Promise<WireProofResult> {
    return this.#ask((options, done) => this.#audit.getInclusionProof({ index, size }, options, done));
  }

  consistencyProof(from: number, size: number): Promise<WireProofResult> {
    return this.#ask((options, done) => this.#audit.getConsistencyProof({ from, size }, options, done));
  }

  close(): void {
    const services = [
      this.#verification,
      this.#enrolment,
      this.#status,
      this.#ceremony,
      this.#keys,
      this.#audit,
      this.#events,
    ];
    for (const client of services) client.close();
    this.register.close();
    this.activation.close();
  }

  #ask<Response>(send: (options: { deadline: number }, done: Callback<Response>) => unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      send({ deadline: Date.now() + DEADLINE_MS }, (error, response) => {
        if (error !== null || response === undefined) reject(CallRefused.from(error, this.#caller));
        else resolve(response);
      });
    });
  }
}
