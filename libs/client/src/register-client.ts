import type { CallOptions, ChannelCredentials, ChannelOptions, ServiceError } from '@grpc/grpc-js';
import type {
  LifeCycleServiceClient,
  PermissionServiceClient,
  RamzGrpcTypes,
  RegisterServiceClient,
  WireActDone,
  WireBlockSecondPinInput,
  WireCloseSubjectInput,
  WireDeactivateInput,
  WireFileInput,
  WireFileResult,
  WireIssuePermissionInput,
  WirePutSubjectInput,
  WireReportFoundInput,
  WireReportLostInput,
  WireUnblockSecondPinInput,
  WireVoidTokenInput,
  WireWithdrawPermissionInput,
} from '@ramz/proto';

type Services = RamzGrpcTypes['ramz']['hsm']['v1'];
type Channel = readonly [address: string, credentials: ChannelCredentials, options: ChannelOptions];
type Callback<Response> = (error: ServiceError | null, response?: Response) => void;
/** Calls with a deadline. The promise rejects with `CallRefused`. */
type Ask = <Response>(call: (options: CallOptions, done: Callback<Response>) => void) => Promise<Response>;

/** The services around a code: who may have codes, and how they end. */
export class RegisterClient {
  readonly #register: RegisterServiceClient;
  readonly #permission: PermissionServiceClient;
  readonly #lifeCycle: LifeCycleServiceClient;
  readonly #ask: Ask;

  constructor(services: Services, [address, credentials, options]: Channel, ask: Ask) {
    this.#register = new services.RegisterService(address, credentials, options);
    this.#permission = new services.PermissionService(address, credentials, options);
    this.#lifeCycle = new services.LifeCycleService(address, credentials, options);
    this.#ask = ask;
  }

  close(): void {
    for (const service of [this.#register, this.#permission, this.#lifeCycle]) service.close();
  }

  putSubject(request: WirePutSubjectInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#register.putSubject(request, options, done));
  }

  closeSubject(request: WireCloseSubjectInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#register.closeSubject(request, options, done));
  }

  issuePermission(request: WireIssuePermissionInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#permission.issuePermission(request, options, done));
  }

  withdrawPermission(request: WireWithdrawPermissionInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#permission.withdrawPermission(request, options, done));
  }

  deactivate(request: WireDeactivateInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.deactivate(request, options, done));
  }

  blockSecondPin(request: WireBlockSecondPinInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.blockSecondPin(request, options, done));
  }

  unblockSecondPin(request: WireUnblockSecondPinInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.unblockSecondPin(request, options, done));
  }

  voidToken(request: WireVoidTokenInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.voidToken(request, options, done));
  }

  reportLost(request: WireReportLostInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.reportLost(request, options, done));
  }

  reportFound(request: WireReportFoundInput): Promise<WireActDone> {
    return this.#act((options, done) => this.#lifeCycle.reportFound(request, options, done));
  }

  file(request: WireFileInput): Promise<WireFileResult> {
    return this.#ask((options, done) => this.#lifeCycle.getFile(request, options, done));
  }

  /** @param entries leaves of the audit tree */
  async replayEntries(entries: Buffer[]): Promise<number> {
    const { subjects } = await this.#ask<{ subjects: number }>((options, done) =>
      this.#register.replayEntries({ entries }, options, done),
    );
    return subjects;
  }

  async endReplay(): Promise<void> {
    await this.#ask((options, done) => this.#register.endReplay({}, options, done));
  }

  async #act(
    call: (options: CallOptions, done: Callback<{ result: WireActDone | null }>) => void,
  ): Promise<WireActDone> {
    const { result } = await this.#ask(call);
    if (result === null) throw new Error('the daemon returned no result');
    return result;
  }
}
