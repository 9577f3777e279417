import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type {
  WireVerifyBatchRequest,
  WireVerifyBatchResponse,
  WireVerifyRequest,
  WireVerifyResponse,
} from '@ramz/proto';
import type { Attempt } from '../../boundary/commands.ts';
import { ATTEMPTS_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import type { BankProfile } from '../../config/bank-profile.ts';
import { Admission } from '../access/admission.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { BANK_PROFILE } from '../front-options.ts';
import { MalformedRequest } from '../rpc/malformed-request.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readAttempt, writeVerdict } from './verification.mapper.ts';

type Call = ServerUnaryCall<unknown, unknown>;

@Controller()
export class VerificationController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #profile: BankProfile;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(BANK_PROFILE) profile: BankProfile,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#profile = profile;
  }

  @GrpcMethod('VerificationService', 'Verify')
  async verify(request: WireVerifyRequest, _metadata: Metadata, call: Call): Promise<WireVerifyResponse> {
    const caller = await this.#admission.admitChannel('Verify', call);
    const [response] = await this.#verdicts(caller, [readAttempt(request, this.#profile)]);
    return response as WireVerifyResponse;
  }

  @GrpcMethod('VerificationService', 'VerifyBatch')
  async verifyBatch(
    { requests }: WireVerifyBatchRequest,
    _metadata: Metadata,
    call: Call,
  ): Promise<WireVerifyBatchResponse> {
    const caller = await this.#admission.admitChannel('VerifyBatch', call);
    if (requests.length < 1 || requests.length > ATTEMPTS_MAX) {
      throw new MalformedRequest('requests', `must be 1 to ${ATTEMPTS_MAX} codes`);
    }
    const attempts = requests.map((request, i) => readAttempt(request, this.#profile, `requests[${i}].`));
    return { responses: await this.#verdicts(caller, attempts) };
  }

  async #verdicts(caller: ChannelCaller, attempts: Attempt[]): Promise<WireVerifyResponse[]> {
    const { name, channel, diagnose } = caller;
    const { results } = granted<'verify'>(await this.#link.send({ kind: 'verify', caller: name, channel, attempts }));
    return results.map((result) => writeVerdict(result, diagnose));
  }
}
