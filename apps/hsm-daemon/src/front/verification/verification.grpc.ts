import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type {
  WireResynchroniseRequest,
  WireResynchroniseResponse,
  WireVerifyBatchRequest,
  WireVerifyBatchResponse,
  WireVerifyRequest,
  WireVerifyResponse,
  WireVerifySignatureRequest,
  WireVerifySignatureResponse,
} from '@ramz/proto';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { CodeVerifier } from './code-verifier.ts';

/**
 * Verify and VerifyBatch usually take the fast path. They arrive here when only the library can
 * read them.
 */
@Controller()
export class VerificationController {
  readonly #codes: CodeVerifier;

  constructor(@Inject(CodeVerifier) codes: CodeVerifier) {
    this.#codes = codes;
  }

  @Rpc('VerificationService', 'Verify')
  verify(
    @Payload() request: WireVerifyRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireVerifyResponse> {
    return this.#codes.verify(request, caller as ChannelCaller, asker);
  }

  @Rpc('VerificationService', 'VerifyBatch')
  verifyBatch(
    @Payload() request: WireVerifyBatchRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireVerifyBatchResponse> {
    return this.#codes.verifyBatch(request, caller as ChannelCaller, asker);
  }

  @Rpc('VerificationService', 'VerifySignature')
  verifySignature(
    @Payload() request: WireVerifySignatureRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireVerifySignatureResponse> {
    return this.#codes.verifySignature(request, caller as ChannelCaller, asker);
  }

  @Rpc('VerificationService', 'Resynchronise')
  resynchronise(
    @Payload() request: WireResynchroniseRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireResynchroniseResponse> {
    return this.#codes.resynchronise(request, caller as ChannelCaller, asker);
  }
}
