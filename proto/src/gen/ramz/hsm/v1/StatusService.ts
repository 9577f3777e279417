// Original file: ramz/hsm/v1/status.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetStatusRequest as _ramz_hsm_v1_GetStatusRequest, GetStatusRequest__Output as _ramz_hsm_v1_GetStatusRequest__Output } from '../../../ramz/hsm/v1/GetStatusRequest.js';
import type { GetStatusResponse as _ramz_hsm_v1_GetStatusResponse, GetStatusResponse__Output as _ramz_hsm_v1_GetStatusResponse__Output } from '../../../ramz/hsm/v1/GetStatusResponse.js';

export interface StatusServiceClient extends grpc.Client {
  GetStatus(argument: _ramz_hsm_v1_GetStatusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  GetStatus(argument: _ramz_hsm_v1_GetStatusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  GetStatus(argument: _ramz_hsm_v1_GetStatusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  GetStatus(argument: _ramz_hsm_v1_GetStatusRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  getStatus(argument: _ramz_hsm_v1_GetStatusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  getStatus(argument: _ramz_hsm_v1_GetStatusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  getStatus(argument: _ramz_hsm_v1_GetStatusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  getStatus(argument: _ramz_hsm_v1_GetStatusRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetStatusResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface StatusServiceHandlers extends grpc.UntypedServiceImplementation {
  GetStatus: grpc.handleUnaryCall<_ramz_hsm_v1_GetStatusRequest__Output, _ramz_hsm_v1_GetStatusResponse>;
  
}

export interface StatusServiceDefinition extends grpc.ServiceDefinition {
  GetStatus: MethodDefinition<_ramz_hsm_v1_GetStatusRequest, _ramz_hsm_v1_GetStatusResponse, _ramz_hsm_v1_GetStatusRequest__Output, _ramz_hsm_v1_GetStatusResponse__Output>
}
