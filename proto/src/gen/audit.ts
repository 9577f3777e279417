import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AuditServiceClient as _ramz_hsm_v1_AuditServiceClient, AuditServiceDefinition as _ramz_hsm_v1_AuditServiceDefinition } from './ramz/hsm/v1/AuditService.js';
import type { GetCheckpointRequest as _ramz_hsm_v1_GetCheckpointRequest, GetCheckpointRequest__Output as _ramz_hsm_v1_GetCheckpointRequest__Output } from './ramz/hsm/v1/GetCheckpointRequest.js';
import type { GetCheckpointResponse as _ramz_hsm_v1_GetCheckpointResponse, GetCheckpointResponse__Output as _ramz_hsm_v1_GetCheckpointResponse__Output } from './ramz/hsm/v1/GetCheckpointResponse.js';
import type { GetConsistencyProofRequest as _ramz_hsm_v1_GetConsistencyProofRequest, GetConsistencyProofRequest__Output as _ramz_hsm_v1_GetConsistencyProofRequest__Output } from './ramz/hsm/v1/GetConsistencyProofRequest.js';
import type { GetConsistencyProofResponse as _ramz_hsm_v1_GetConsistencyProofResponse, GetConsistencyProofResponse__Output as _ramz_hsm_v1_GetConsistencyProofResponse__Output } from './ramz/hsm/v1/GetConsistencyProofResponse.js';
import type { GetInclusionProofRequest as _ramz_hsm_v1_GetInclusionProofRequest, GetInclusionProofRequest__Output as _ramz_hsm_v1_GetInclusionProofRequest__Output } from './ramz/hsm/v1/GetInclusionProofRequest.js';
import type { GetInclusionProofResponse as _ramz_hsm_v1_GetInclusionProofResponse, GetInclusionProofResponse__Output as _ramz_hsm_v1_GetInclusionProofResponse__Output } from './ramz/hsm/v1/GetInclusionProofResponse.js';
import type { ListEntriesRequest as _ramz_hsm_v1_ListEntriesRequest, ListEntriesRequest__Output as _ramz_hsm_v1_ListEntriesRequest__Output } from './ramz/hsm/v1/ListEntriesRequest.js';
import type { ListEntriesResponse as _ramz_hsm_v1_ListEntriesResponse, ListEntriesResponse__Output as _ramz_hsm_v1_ListEntriesResponse__Output } from './ramz/hsm/v1/ListEntriesResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        AuditService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_AuditServiceClient> & { service: _ramz_hsm_v1_AuditServiceDefinition }
        GetCheckpointRequest: MessageTypeDefinition<_ramz_hsm_v1_GetCheckpointRequest, _ramz_hsm_v1_GetCheckpointRequest__Output>
        GetCheckpointResponse: MessageTypeDefinition<_ramz_hsm_v1_GetCheckpointResponse, _ramz_hsm_v1_GetCheckpointResponse__Output>
        GetConsistencyProofRequest: MessageTypeDefinition<_ramz_hsm_v1_GetConsistencyProofRequest, _ramz_hsm_v1_GetConsistencyProofRequest__Output>
        GetConsistencyProofResponse: MessageTypeDefinition<_ramz_hsm_v1_GetConsistencyProofResponse, _ramz_hsm_v1_GetConsistencyProofResponse__Output>
        GetInclusionProofRequest: MessageTypeDefinition<_ramz_hsm_v1_GetInclusionProofRequest, _ramz_hsm_v1_GetInclusionProofRequest__Output>
        GetInclusionProofResponse: MessageTypeDefinition<_ramz_hsm_v1_GetInclusionProofResponse, _ramz_hsm_v1_GetInclusionProofResponse__Output>
        ListEntriesRequest: MessageTypeDefinition<_ramz_hsm_v1_ListEntriesRequest, _ramz_hsm_v1_ListEntriesRequest__Output>
        ListEntriesResponse: MessageTypeDefinition<_ramz_hsm_v1_ListEntriesResponse, _ramz_hsm_v1_ListEntriesResponse__Output>
      }
    }
  }
}

