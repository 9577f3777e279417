import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { GetStatusRequest as _ramz_hsm_v1_GetStatusRequest, GetStatusRequest__Output as _ramz_hsm_v1_GetStatusRequest__Output } from './ramz/hsm/v1/GetStatusRequest.js';
import type { GetStatusResponse as _ramz_hsm_v1_GetStatusResponse, GetStatusResponse__Output as _ramz_hsm_v1_GetStatusResponse__Output } from './ramz/hsm/v1/GetStatusResponse.js';
import type { StatusServiceClient as _ramz_hsm_v1_StatusServiceClient, StatusServiceDefinition as _ramz_hsm_v1_StatusServiceDefinition } from './ramz/hsm/v1/StatusService.js';
import type { UnsealProgress as _ramz_hsm_v1_UnsealProgress, UnsealProgress__Output as _ramz_hsm_v1_UnsealProgress__Output } from './ramz/hsm/v1/UnsealProgress.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        DaemonState: EnumTypeDefinition
        GetStatusRequest: MessageTypeDefinition<_ramz_hsm_v1_GetStatusRequest, _ramz_hsm_v1_GetStatusRequest__Output>
        GetStatusResponse: MessageTypeDefinition<_ramz_hsm_v1_GetStatusResponse, _ramz_hsm_v1_GetStatusResponse__Output>
        StatusService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_StatusServiceClient> & { service: _ramz_hsm_v1_StatusServiceDefinition }
        UnsealProgress: MessageTypeDefinition<_ramz_hsm_v1_UnsealProgress, _ramz_hsm_v1_UnsealProgress__Output>
      }
    }
  }
}

