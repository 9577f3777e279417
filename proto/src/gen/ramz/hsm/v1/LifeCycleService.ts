// Original file: ramz/hsm/v1/life_cycle.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BlockSecondPinRequest as _ramz_hsm_v1_BlockSecondPinRequest, BlockSecondPinRequest__Output as _ramz_hsm_v1_BlockSecondPinRequest__Output } from '../../../ramz/hsm/v1/BlockSecondPinRequest.js';
import type { BlockSecondPinResponse as _ramz_hsm_v1_BlockSecondPinResponse, BlockSecondPinResponse__Output as _ramz_hsm_v1_BlockSecondPinResponse__Output } from '../../../ramz/hsm/v1/BlockSecondPinResponse.js';
import type { DeactivateRequest as _ramz_hsm_v1_DeactivateRequest, DeactivateRequest__Output as _ramz_hsm_v1_DeactivateRequest__Output } from '../../../ramz/hsm/v1/DeactivateRequest.js';
import type { DeactivateResponse as _ramz_hsm_v1_DeactivateResponse, DeactivateResponse__Output as _ramz_hsm_v1_DeactivateResponse__Output } from '../../../ramz/hsm/v1/DeactivateResponse.js';
import type { GetFileRequest as _ramz_hsm_v1_GetFileRequest, GetFileRequest__Output as _ramz_hsm_v1_GetFileRequest__Output } from '../../../ramz/hsm/v1/GetFileRequest.js';
import type { GetFileResponse as _ramz_hsm_v1_GetFileResponse, GetFileResponse__Output as _ramz_hsm_v1_GetFileResponse__Output } from '../../../ramz/hsm/v1/GetFileResponse.js';
import type { ReportFoundRequest as _ramz_hsm_v1_ReportFoundRequest, ReportFoundRequest__Output as _ramz_hsm_v1_ReportFoundRequest__Output } from '../../../ramz/hsm/v1/ReportFoundRequest.js';
import type { ReportFoundResponse as _ramz_hsm_v1_ReportFoundResponse, ReportFoundResponse__Output as _ramz_hsm_v1_ReportFoundResponse__Output } from '../../../ramz/hsm/v1/ReportFoundResponse.js';
import type { ReportLostRequest as _ramz_hsm_v1_ReportLostRequest, ReportLostRequest__Output as _ramz_hsm_v1_ReportLostRequest__Output } from '../../../ramz/hsm/v1/ReportLostRequest.js';
import type { ReportLostResponse as _ramz_hsm_v1_ReportLostResponse, ReportLostResponse__Output as _ramz_hsm_v1_ReportLostResponse__Output } from '../../../ramz/hsm/v1/ReportLostResponse.js';
import type { UnblockSecondPinRequest as _ramz_hsm_v1_UnblockSecondPinRequest, UnblockSecondPinRequest__Output as _ramz_hsm_v1_UnblockSecondPinRequest__Output } from '../../../ramz/hsm/v1/UnblockSecondPinRequest.js';
import type { UnblockSecondPinResponse as _ramz_hsm_v1_UnblockSecondPinResponse, UnblockSecondPinResponse__Output as _ramz_hsm_v1_UnblockSecondPinResponse__Output } from '../../../ramz/hsm/v1/UnblockSecondPinResponse.js';
import type { VoidTokenRequest as _ramz_hsm_v1_VoidTokenRequest, VoidTokenRequest__Output as _ramz_hsm_v1_VoidTokenRequest__Output } from '../../../ramz/hsm/v1/VoidTokenRequest.js';
import type { VoidTokenResponse as _ramz_hsm_v1_VoidTokenResponse, VoidTokenResponse__Output as _ramz_hsm_v1_VoidTokenResponse__Output } from '../../../ramz/hsm/v1/VoidTokenResponse.js';

export interface LifeCycleServiceClient extends grpc.Client {
  BlockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  BlockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  BlockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  BlockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  blockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  blockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  blockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  blockSecondPin(argument: _ramz_hsm_v1_BlockSecondPinRequest, callback: grpc.requestCallback<_ramz_hsm_v1_BlockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  
  Deactivate(argument: _ramz_hsm_v1_DeactivateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  Deactivate(argument: _ramz_hsm_v1_DeactivateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  Deactivate(argument: _ramz_hsm_v1_DeactivateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  Deactivate(argument: _ramz_hsm_v1_DeactivateRequest, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  deactivate(argument: _ramz_hsm_v1_DeactivateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  deactivate(argument: _ramz_hsm_v1_DeactivateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  deactivate(argument: _ramz_hsm_v1_DeactivateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  deactivate(argument: _ramz_hsm_v1_DeactivateRequest, callback: grpc.requestCallback<_ramz_hsm_v1_DeactivateResponse__Output>): grpc.ClientUnaryCall;
  
  GetFile(argument: _ramz_hsm_v1_GetFileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  GetFile(argument: _ramz_hsm_v1_GetFileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  GetFile(argument: _ramz_hsm_v1_GetFileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  GetFile(argument: _ramz_hsm_v1_GetFileRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  getFile(argument: _ramz_hsm_v1_GetFileRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  getFile(argument: _ramz_hsm_v1_GetFileRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  getFile(argument: _ramz_hsm_v1_GetFileRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  getFile(argument: _ramz_hsm_v1_GetFileRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetFileResponse__Output>): grpc.ClientUnaryCall;
  
  ReportFound(argument: _ramz_hsm_v1_ReportFoundRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  ReportFound(argument: _ramz_hsm_v1_ReportFoundRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  ReportFound(argument: _ramz_hsm_v1_ReportFoundRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  ReportFound(argument: _ramz_hsm_v1_ReportFoundRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  reportFound(argument: _ramz_hsm_v1_ReportFoundRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  reportFound(argument: _ramz_hsm_v1_ReportFoundRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  reportFound(argument: _ramz_hsm_v1_ReportFoundRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  reportFound(argument: _ramz_hsm_v1_ReportFoundRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportFoundResponse__Output>): grpc.ClientUnaryCall;
  
  ReportLost(argument: _ramz_hsm_v1_ReportLostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  ReportLost(argument: _ramz_hsm_v1_ReportLostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  ReportLost(argument: _ramz_hsm_v1_ReportLostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  ReportLost(argument: _ramz_hsm_v1_ReportLostRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  reportLost(argument: _ramz_hsm_v1_ReportLostRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  reportLost(argument: _ramz_hsm_v1_ReportLostRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  reportLost(argument: _ramz_hsm_v1_ReportLostRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  reportLost(argument: _ramz_hsm_v1_ReportLostRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportLostResponse__Output>): grpc.ClientUnaryCall;
  
  UnblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  UnblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  UnblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  UnblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  unblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  unblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  unblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  unblockSecondPin(argument: _ramz_hsm_v1_UnblockSecondPinRequest, callback: grpc.requestCallback<_ramz_hsm_v1_UnblockSecondPinResponse__Output>): grpc.ClientUnaryCall;
  
  VoidToken(argument: _ramz_hsm_v1_VoidTokenRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  VoidToken(argument: _ramz_hsm_v1_VoidTokenRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  VoidToken(argument: _ramz_hsm_v1_VoidTokenRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  VoidToken(argument: _ramz_hsm_v1_VoidTokenRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  voidToken(argument: _ramz_hsm_v1_VoidTokenRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  voidToken(argument: _ramz_hsm_v1_VoidTokenRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  voidToken(argument: _ramz_hsm_v1_VoidTokenRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  voidToken(argument: _ramz_hsm_v1_VoidTokenRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VoidTokenResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface LifeCycleServiceHandlers extends grpc.UntypedServiceImplementation {
  BlockSecondPin: grpc.handleUnaryCall<_ramz_hsm_v1_BlockSecondPinRequest__Output, _ramz_hsm_v1_BlockSecondPinResponse>;
  
  Deactivate: grpc.handleUnaryCall<_ramz_hsm_v1_DeactivateRequest__Output, _ramz_hsm_v1_DeactivateResponse>;
  
  GetFile: grpc.handleUnaryCall<_ramz_hsm_v1_GetFileRequest__Output, _ramz_hsm_v1_GetFileResponse>;
  
  ReportFound: grpc.handleUnaryCall<_ramz_hsm_v1_ReportFoundRequest__Output, _ramz_hsm_v1_ReportFoundResponse>;
  
  ReportLost: grpc.handleUnaryCall<_ramz_hsm_v1_ReportLostRequest__Output, _ramz_hsm_v1_ReportLostResponse>;
  
  UnblockSecondPin: grpc.handleUnaryCall<_ramz_hsm_v1_UnblockSecondPinRequest__Output, _ramz_hsm_v1_UnblockSecondPinResponse>;
  
  VoidToken: grpc.handleUnaryCall<_ramz_hsm_v1_VoidTokenRequest__Output, _ramz_hsm_v1_VoidTokenResponse>;
  
}

export interface LifeCycleServiceDefinition extends grpc.ServiceDefinition {
  BlockSecondPin: MethodDefinition<_ramz_hsm_v1_BlockSecondPinRequest, _ramz_hsm_v1_BlockSecondPinResponse, _ramz_hsm_v1_BlockSecondPinRequest__Output, _ramz_hsm_v1_BlockSecondPinResponse__Output>
  Deactivate: MethodDefinition<_ramz_hsm_v1_DeactivateRequest, _ramz_hsm_v1_DeactivateResponse, _ramz_hsm_v1_DeactivateRequest__Output, _ramz_hsm_v1_DeactivateResponse__Output>
  GetFile: MethodDefinition<_ramz_hsm_v1_GetFileRequest, _ramz_hsm_v1_GetFileResponse, _ramz_hsm_v1_GetFileRequest__Output, _ramz_hsm_v1_GetFileResponse__Output>
  ReportFound: MethodDefinition<_ramz_hsm_v1_ReportFoundRequest, _ramz_hsm_v1_ReportFoundResponse, _ramz_hsm_v1_ReportFoundRequest__Output, _ramz_hsm_v1_ReportFoundResponse__Output>
  ReportLost: MethodDefinition<_ramz_hsm_v1_ReportLostRequest, _ramz_hsm_v1_ReportLostResponse, _ramz_hsm_v1_ReportLostRequest__Output, _ramz_hsm_v1_ReportLostResponse__Output>
  UnblockSecondPin: MethodDefinition<_ramz_hsm_v1_UnblockSecondPinRequest, _ramz_hsm_v1_UnblockSecondPinResponse, _ramz_hsm_v1_UnblockSecondPinRequest__Output, _ramz_hsm_v1_UnblockSecondPinResponse__Output>
  VoidToken: MethodDefinition<_ramz_hsm_v1_VoidTokenRequest, _ramz_hsm_v1_VoidTokenResponse, _ramz_hsm_v1_VoidTokenRequest__Output, _ramz_hsm_v1_VoidTokenResponse__Output>
}
