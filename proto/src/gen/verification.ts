import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ResynchroniseRequest as _ramz_hsm_v1_ResynchroniseRequest, ResynchroniseRequest__Output as _ramz_hsm_v1_ResynchroniseRequest__Output } from './ramz/hsm/v1/ResynchroniseRequest.js';
import type { ResynchroniseResponse as _ramz_hsm_v1_ResynchroniseResponse, ResynchroniseResponse__Output as _ramz_hsm_v1_ResynchroniseResponse__Output } from './ramz/hsm/v1/ResynchroniseResponse.js';
import type { Transaction as _ramz_hsm_v1_Transaction, Transaction__Output as _ramz_hsm_v1_Transaction__Output } from './ramz/hsm/v1/Transaction.js';
import type { VerificationServiceClient as _ramz_hsm_v1_VerificationServiceClient, VerificationServiceDefinition as _ramz_hsm_v1_VerificationServiceDefinition } from './ramz/hsm/v1/VerificationService.js';
import type { VerifyBatchRequest as _ramz_hsm_v1_VerifyBatchRequest, VerifyBatchRequest__Output as _ramz_hsm_v1_VerifyBatchRequest__Output } from './ramz/hsm/v1/VerifyBatchRequest.js';
import type { VerifyBatchResponse as _ramz_hsm_v1_VerifyBatchResponse, VerifyBatchResponse__Output as _ramz_hsm_v1_VerifyBatchResponse__Output } from './ramz/hsm/v1/VerifyBatchResponse.js';
import type { VerifyRefusal as _ramz_hsm_v1_VerifyRefusal, VerifyRefusal__Output as _ramz_hsm_v1_VerifyRefusal__Output } from './ramz/hsm/v1/VerifyRefusal.js';
import type { VerifyRequest as _ramz_hsm_v1_VerifyRequest, VerifyRequest__Output as _ramz_hsm_v1_VerifyRequest__Output } from './ramz/hsm/v1/VerifyRequest.js';
import type { VerifyResponse as _ramz_hsm_v1_VerifyResponse, VerifyResponse__Output as _ramz_hsm_v1_VerifyResponse__Output } from './ramz/hsm/v1/VerifyResponse.js';
import type { VerifySignatureRequest as _ramz_hsm_v1_VerifySignatureRequest, VerifySignatureRequest__Output as _ramz_hsm_v1_VerifySignatureRequest__Output } from './ramz/hsm/v1/VerifySignatureRequest.js';
import type { VerifySignatureResponse as _ramz_hsm_v1_VerifySignatureResponse, VerifySignatureResponse__Output as _ramz_hsm_v1_VerifySignatureResponse__Output } from './ramz/hsm/v1/VerifySignatureResponse.js';
import type { VerifyStreamRequest as _ramz_hsm_v1_VerifyStreamRequest, VerifyStreamRequest__Output as _ramz_hsm_v1_VerifyStreamRequest__Output } from './ramz/hsm/v1/VerifyStreamRequest.js';
import type { VerifyStreamResponse as _ramz_hsm_v1_VerifyStreamResponse, VerifyStreamResponse__Output as _ramz_hsm_v1_VerifyStreamResponse__Output } from './ramz/hsm/v1/VerifyStreamResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        Purpose: EnumTypeDefinition
        ResynchroniseRequest: MessageTypeDefinition<_ramz_hsm_v1_ResynchroniseRequest, _ramz_hsm_v1_ResynchroniseRequest__Output>
        ResynchroniseResponse: MessageTypeDefinition<_ramz_hsm_v1_ResynchroniseResponse, _ramz_hsm_v1_ResynchroniseResponse__Output>
        Transaction: MessageTypeDefinition<_ramz_hsm_v1_Transaction, _ramz_hsm_v1_Transaction__Output>
        Verdict: EnumTypeDefinition
        VerdictReason: EnumTypeDefinition
        VerificationService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_VerificationServiceClient> & { service: _ramz_hsm_v1_VerificationServiceDefinition }
        VerifyBatchRequest: MessageTypeDefinition<_ramz_hsm_v1_VerifyBatchRequest, _ramz_hsm_v1_VerifyBatchRequest__Output>
        VerifyBatchResponse: MessageTypeDefinition<_ramz_hsm_v1_VerifyBatchResponse, _ramz_hsm_v1_VerifyBatchResponse__Output>
        VerifyRefusal: MessageTypeDefinition<_ramz_hsm_v1_VerifyRefusal, _ramz_hsm_v1_VerifyRefusal__Output>
        VerifyRequest: MessageTypeDefinition<_ramz_hsm_v1_VerifyRequest, _ramz_hsm_v1_VerifyRequest__Output>
        VerifyResponse: MessageTypeDefinition<_ramz_hsm_v1_VerifyResponse, _ramz_hsm_v1_VerifyResponse__Output>
        VerifySignatureRequest: MessageTypeDefinition<_ramz_hsm_v1_VerifySignatureRequest, _ramz_hsm_v1_VerifySignatureRequest__Output>
        VerifySignatureResponse: MessageTypeDefinition<_ramz_hsm_v1_VerifySignatureResponse, _ramz_hsm_v1_VerifySignatureResponse__Output>
        VerifyStreamRequest: MessageTypeDefinition<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamRequest__Output>
        VerifyStreamResponse: MessageTypeDefinition<_ramz_hsm_v1_VerifyStreamResponse, _ramz_hsm_v1_VerifyStreamResponse__Output>
      }
    }
  }
}

