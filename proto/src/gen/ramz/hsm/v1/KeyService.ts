// Original file: ramz/hsm/v1/key.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ListKeysRequest as _ramz_hsm_v1_ListKeysRequest, ListKeysRequest__Output as _ramz_hsm_v1_ListKeysRequest__Output } from '../../../ramz/hsm/v1/ListKeysRequest.js';
import type { ListKeysResponse as _ramz_hsm_v1_ListKeysResponse, ListKeysResponse__Output as _ramz_hsm_v1_ListKeysResponse__Output } from '../../../ramz/hsm/v1/ListKeysResponse.js';
import type { RunSelfTestsRequest as _ramz_hsm_v1_RunSelfTestsRequest, RunSelfTestsRequest__Output as _ramz_hsm_v1_RunSelfTestsRequest__Output } from '../../../ramz/hsm/v1/RunSelfTestsRequest.js';
import type { RunSelfTestsResponse as _ramz_hsm_v1_RunSelfTestsResponse, RunSelfTestsResponse__Output as _ramz_hsm_v1_RunSelfTestsResponse__Output } from '../../../ramz/hsm/v1/RunSelfTestsResponse.js';

export interface KeyServiceClient extends grpc.Client {
  ListKeys(argument: _ramz_hsm_v1_ListKeysRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  ListKeys(argument: _ramz_hsm_v1_ListKeysRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  ListKeys(argument: _ramz_hsm_v1_ListKeysRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  ListKeys(argument: _ramz_hsm_v1_ListKeysRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  listKeys(argument: _ramz_hsm_v1_ListKeysRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  listKeys(argument: _ramz_hsm_v1_ListKeysRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  listKeys(argument: _ramz_hsm_v1_ListKeysRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  listKeys(argument: _ramz_hsm_v1_ListKeysRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ListKeysResponse__Output>): grpc.ClientUnaryCall;
  
  RunSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  RunSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  RunSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  RunSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  runSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  runSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  runSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  runSelfTests(argument: _ramz_hsm_v1_RunSelfTestsRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RunSelfTestsResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface KeyServiceHandlers extends grpc.UntypedServiceImplementation {
  ListKeys: grpc.handleUnaryCall<_ramz_hsm_v1_ListKeysRequest__Output, _ramz_hsm_v1_ListKeysResponse>;
  
  RunSelfTests: grpc.handleUnaryCall<_ramz_hsm_v1_RunSelfTestsRequest__Output, _ramz_hsm_v1_RunSelfTestsResponse>;
  
}

export interface KeyServiceDefinition extends grpc.ServiceDefinition {
  ListKeys: MethodDefinition<_ramz_hsm_v1_ListKeysRequest, _ramz_hsm_v1_ListKeysResponse, _ramz_hsm_v1_ListKeysRequest__Output, _ramz_hsm_v1_ListKeysResponse__Output>
  RunSelfTests: MethodDefinition<_ramz_hsm_v1_RunSelfTestsRequest, _ramz_hsm_v1_RunSelfTestsResponse, _ramz_hsm_v1_RunSelfTestsRequest__Output, _ramz_hsm_v1_RunSelfTestsResponse__Output>
}
