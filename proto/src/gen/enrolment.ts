import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { CodeParameters as _ramz_hsm_v1_CodeParameters, CodeParameters__Output as _ramz_hsm_v1_CodeParameters__Output } from './ramz/hsm/v1/CodeParameters.js';
import type { EnrolRequest as _ramz_hsm_v1_EnrolRequest, EnrolRequest__Output as _ramz_hsm_v1_EnrolRequest__Output } from './ramz/hsm/v1/EnrolRequest.js';
import type { EnrolResponse as _ramz_hsm_v1_EnrolResponse, EnrolResponse__Output as _ramz_hsm_v1_EnrolResponse__Output } from './ramz/hsm/v1/EnrolResponse.js';
import type { EnrolmentServiceClient as _ramz_hsm_v1_EnrolmentServiceClient, EnrolmentServiceDefinition as _ramz_hsm_v1_EnrolmentServiceDefinition } from './ramz/hsm/v1/EnrolmentService.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        CodeParameters: MessageTypeDefinition<_ramz_hsm_v1_CodeParameters, _ramz_hsm_v1_CodeParameters__Output>
        EnrolRequest: MessageTypeDefinition<_ramz_hsm_v1_EnrolRequest, _ramz_hsm_v1_EnrolRequest__Output>
        EnrolResponse: MessageTypeDefinition<_ramz_hsm_v1_EnrolResponse, _ramz_hsm_v1_EnrolResponse__Output>
        EnrolmentService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_EnrolmentServiceClient> & { service: _ramz_hsm_v1_EnrolmentServiceDefinition }
        Purpose: EnumTypeDefinition
      }
    }
  }
}

