import type {
  CallOptions,
  ChannelCredentials,
  ChannelOptions,
  ClientReadableStream,
  ServiceError,
} from '@grpc/grpc-js';
import type {
  ActivationServiceClient,
  RamzGrpcTypes,
  TextServiceClient,
  WireActivationKeyResult,
  WireAllocateCodeInput,
  WireAllocateCodeResult,
  WireCompleteActivationInput,
  WireCompleteActivationResult,
  WireDeleteTokenInput,
  WireReissueCodeInput,
  WireReissueCodeResult,
  WireRepeatTextInput,
  WireRepeatTextResult,
  WireRequestActivationInput,
  WireRequestActivationResult,
  WireText,
  WireTokenStateInput,
  WireTokenStateResult,
} from '@ramz/proto';
import { CallRefused } from './call-refused.ts';

type Services = RamzGrpcTypes['ramz']['hsm']['v1'];
type Channel = readonly [address: string, credentials: ChannelCredentials, options: ChannelOptions];
type Callback<Response> = (error: ServiceError | null, response?: Response) => void;
/** Calls with a deadline. The promise rejects with `CallRefused`. */
type Ask = <Response>(call: (options: CallOptions, done: Callback<Response>) => void) => Promise<Response>;

/** How a card gets its token: for ATMs, branches, apps' gateways and text gateways. */
export class ActivationClient {
  readonly #activation: ActivationServiceClient;
  readonly #texts: TextServiceClient;
  readonly #caller: string;
  readonly #ask: Ask;

  constructor(services: Services, [address, credentials, options]: Channel, caller: string, ask: Ask) {
    this.#activation = new services.ActivationService(address, credentials, options);
    this.#texts = new services.TextService(address, credentials, options);
    this.#caller = caller;
    this.#ask = ask;
  }

  close(): void {
    for (const service of [this.#activation, this.#texts]) service.close();
  }

  request(request: WireRequestActivationInput): Promise<WireRequestActivationResult> {
    return this.#ask((options, done) => this.#activation.requestActivation(request, options, done));
  }

  allocateCode(request: WireAllocateCodeInput): Promise<WireAllocateCodeResult> {
    return this.#ask((options, done) => this.#activation.allocateCode(request, options, done));
  }

  reissueCode(request: WireReissueCodeInput): Promise<WireReissueCodeResult> {
    return this.#ask((options, done) => this.#activation.reissueCode(request, options, done));
  }

  repeatText(request: WireRepeatTextInput): Promise<WireRepeatTextResult> {
    return this.#ask((options, done) => this.#activation.repeatText(request, options, done));
  }

  complete(request: WireCompleteActivationInput): Promise<WireCompleteActivationResult> {
    return this.#ask((options, done) => this.#activation.completeActivation(request, options, done));
  }

  async deleteToken(request: WireDeleteTokenInput): Promise<boolean> {
    const { deleted } = await this.#ask<{ deleted: boolean }>((options, done) =>
      this.#activation.deleteToken(request, options, done),
    );
    return deleted;
  }

  tokenState(request: WireTokenStateInput): Promise<WireTokenStateResult> {
    return this.#ask((options, done) => this.#activation.getTokenState(request, options, done));
  }

  activationKey(): Promise<WireActivationKeyResult> {
    return this.#ask((options, done) => this.#activation.getActivationKey({}, options, done));
  }

  /** Waits for texts until the loop is left. @throws CallRefused */
  async *watchTexts(zone: string): AsyncGenerator<WireText> {
    const stream: ClientReadableStream<WireText> = this.#texts.watchTexts({ zone });
    try {
      for await (const text of stream) yield text as WireText;
    } catch (error) {
      throw CallRefused.from(error as ServiceError, this.#caller);
    } finally {
      stream.cancel();
    }
  }

  async reportText(textId: string, taken: boolean): Promise<void> {
    await this.#ask((options, done) => this.#texts.reportText({ textId, taken }, options, done));
  }
}
