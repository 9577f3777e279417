// Original file: ramz/hsm/v1/audit.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetCheckpointRequest as _ramz_hsm_v1_GetCheckpointRequest, GetCheckpointRequest__Output as _ramz_hsm_v1_GetCheckpointRequest__Output } from '../../../ramz/hsm/v1/GetCheckpointRequest.js';
import type { GetCheckpointResponse as _ramz_hsm_v1_GetCheckpointResponse, GetCheckpointResponse__Output as _ramz_hsm_v1_GetCheckpointResponse__Output } from '../../../ramz/hsm/v1/GetCheckpointResponse.js';
import type { GetConsistencyProofRequest as _ramz_hsm_v1_GetConsistencyProofRequest, GetConsistencyProofRequest__Output as _ramz_hsm_v1_GetConsistencyProofRequest__Output } from '../../../ramz/hsm/v1/GetConsistencyProofRequest.js';
import type { GetConsistencyProofResponse as _ramz_hsm_v1_GetConsistencyProofResponse, GetConsistencyProofResponse__Output as _ramz_hsm_v1_GetConsistencyProofResponse__Output } from '../../../ramz/hsm/v1/GetConsistencyProofResponse.js';
import type { GetInclusionProofRequest as _ramz_hsm_v1_GetInclusionProofRequest, GetInclusionProofRequest__Output as _ramz_hsm_v1_GetInclusionProofRequest__Output } from '../../../ramz/hsm/v1/GetInclusionProofRequest.js';
import type { GetInclusionProofResponse as _ramz_hsm_v1_GetInclusionProofResponse, GetInclusionProofResponse__Output as _ramz_hsm_v1_GetInclusionProofResponse__Output } from '../../../ramz/hsm/v1/GetInclusionProofResponse.js';
import type { ListEntriesRequest as _ramz_hsm_v1_ListEntriesRequest, ListEntriesRequest__Output as _ramz_hsm_v1_ListEntriesRequest__Output } from '../../../ramz/hsm/v1/ListEntriesRequest.js';
import type { ListEntriesResponse as _ramz_hsm_v1_ListEntriesResponse, ListEntriesResponse__Output as _ramz_hsm_v1_ListEntriesResponse__Output } from '../../../ramz/hsm/v1/ListEntriesResponse.js';

export interface AuditServiceClient extends grpc.Client {
  GetCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _ramz_hsm_v1_GetCheckpointRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  
  GetConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  GetConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  GetConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  GetConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  getConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  getConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  getConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  getConsistencyProof(argument: _ramz_hsm_v1_GetConsistencyProofRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetConsistencyProofResponse__Output>): grpc.ClientUnaryCall;
  
  GetInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  GetInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  GetInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  GetInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  getInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  getInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  getInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  getInclusionProof(argument: _ramz_hsm_v1_GetInclusionProofRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetInclusionProofResponse__Output>): grpc.ClientUnaryCall;
  
  ListEntries(argument: _ramz_hsm_v1_ListEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _ramz_hsm_v1_ListEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _ramz_hsm_v1_ListEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _ramz_hsm_v1_ListEntriesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _ramz_hsm_v1_ListEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _ramz_hsm_v1_ListEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _ramz_hsm_v1_ListEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _ramz_hsm_v1_ListEntriesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface AuditServiceHandlers extends grpc.UntypedServiceImplementation {
  GetCheckpoint: grpc.handleUnaryCall<_ramz_hsm_v1_GetCheckpointRequest__Output, _ramz_hsm_v1_GetCheckpointResponse>;
  
  GetConsistencyProof: grpc.handleUnaryCall<_ramz_hsm_v1_GetConsistencyProofRequest__Output, _ramz_hsm_v1_GetConsistencyProofResponse>;
  
  GetInclusionProof: grpc.handleUnaryCall<_ramz_hsm_v1_GetInclusionProofRequest__Output, _ramz_hsm_v1_GetInclusionProofResponse>;
  
  ListEntries: grpc.handleUnaryCall<_ramz_hsm_v1_ListEntriesRequest__Output, _ramz_hsm_v1_ListEntriesResponse>;
  
}

export interface AuditServiceDefinition extends grpc.ServiceDefinition {
  GetCheckpoint: MethodDefinition<_ramz_hsm_v1_GetCheckpointRequest, _ramz_hsm_v1_GetCheckpointResponse, _ramz_hsm_v1_GetCheckpointRequest__Output, _ramz_hsm_v1_GetCheckpointResponse__Output>
  GetConsistencyProof: MethodDefinition<_ramz_hsm_v1_GetConsistencyProofRequest, _ramz_hsm_v1_GetConsistencyProofResponse, _ramz_hsm_v1_GetConsistencyProofRequest__Output, _ramz_hsm_v1_GetConsistencyProofResponse__Output>
  GetInclusionProof: MethodDefinition<_ramz_hsm_v1_GetInclusionProofRequest, _ramz_hsm_v1_GetInclusionProofResponse, _ramz_hsm_v1_GetInclusionProofRequest__Output, _ramz_hsm_v1_GetInclusionProofResponse__Output>
  ListEntries: MethodDefinition<_ramz_hsm_v1_ListEntriesRequest, _ramz_hsm_v1_ListEntriesResponse, _ramz_hsm_v1_ListEntriesRequest__Output, _ramz_hsm_v1_ListEntriesResponse__Output>
}
