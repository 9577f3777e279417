// Original file: ramz/hsm/v1/permission.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { IssuePermissionRequest as _ramz_hsm_v1_IssuePermissionRequest, IssuePermissionRequest__Output as _ramz_hsm_v1_IssuePermissionRequest__Output } from '../../../ramz/hsm/v1/IssuePermissionRequest.js';
import type { IssuePermissionResponse as _ramz_hsm_v1_IssuePermissionResponse, IssuePermissionResponse__Output as _ramz_hsm_v1_IssuePermissionResponse__Output } from '../../../ramz/hsm/v1/IssuePermissionResponse.js';
import type { WithdrawPermissionRequest as _ramz_hsm_v1_WithdrawPermissionRequest, WithdrawPermissionRequest__Output as _ramz_hsm_v1_WithdrawPermissionRequest__Output } from '../../../ramz/hsm/v1/WithdrawPermissionRequest.js';
import type { WithdrawPermissionResponse as _ramz_hsm_v1_WithdrawPermissionResponse, WithdrawPermissionResponse__Output as _ramz_hsm_v1_WithdrawPermissionResponse__Output } from '../../../ramz/hsm/v1/WithdrawPermissionResponse.js';

export interface PermissionServiceClient extends grpc.Client {
  IssuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  IssuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  IssuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  IssuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  issuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  issuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  issuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  issuePermission(argument: _ramz_hsm_v1_IssuePermissionRequest, callback: grpc.requestCallback<_ramz_hsm_v1_IssuePermissionResponse__Output>): grpc.ClientUnaryCall;
  
  WithdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  withdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  withdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  withdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  withdrawPermission(argument: _ramz_hsm_v1_WithdrawPermissionRequest, callback: grpc.requestCallback<_ramz_hsm_v1_WithdrawPermissionResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface PermissionServiceHandlers extends grpc.UntypedServiceImplementation {
  IssuePermission: grpc.handleUnaryCall<_ramz_hsm_v1_IssuePermissionRequest__Output, _ramz_hsm_v1_IssuePermissionResponse>;
  
  WithdrawPermission: grpc.handleUnaryCall<_ramz_hsm_v1_WithdrawPermissionRequest__Output, _ramz_hsm_v1_WithdrawPermissionResponse>;
  
}

export interface PermissionServiceDefinition extends grpc.ServiceDefinition {
  IssuePermission: MethodDefinition<_ramz_hsm_v1_IssuePermissionRequest, _ramz_hsm_v1_IssuePermissionResponse, _ramz_hsm_v1_IssuePermissionRequest__Output, _ramz_hsm_v1_IssuePermissionResponse__Output>
  WithdrawPermission: MethodDefinition<_ramz_hsm_v1_WithdrawPermissionRequest, _ramz_hsm_v1_WithdrawPermissionResponse, _ramz_hsm_v1_WithdrawPermissionRequest__Output, _ramz_hsm_v1_WithdrawPermissionResponse__Output>
}
