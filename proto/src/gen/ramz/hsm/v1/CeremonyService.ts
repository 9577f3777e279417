// Original file: ramz/hsm/v1/ceremony.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetSessionKeyRequest as _ramz_hsm_v1_GetSessionKeyRequest, GetSessionKeyRequest__Output as _ramz_hsm_v1_GetSessionKeyRequest__Output } from '../../../ramz/hsm/v1/GetSessionKeyRequest.js';
import type { GetSessionKeyResponse as _ramz_hsm_v1_GetSessionKeyResponse, GetSessionKeyResponse__Output as _ramz_hsm_v1_GetSessionKeyResponse__Output } from '../../../ramz/hsm/v1/GetSessionKeyResponse.js';
import type { GiveShareRequest as _ramz_hsm_v1_GiveShareRequest, GiveShareRequest__Output as _ramz_hsm_v1_GiveShareRequest__Output } from '../../../ramz/hsm/v1/GiveShareRequest.js';
import type { GiveShareResponse as _ramz_hsm_v1_GiveShareResponse, GiveShareResponse__Output as _ramz_hsm_v1_GiveShareResponse__Output } from '../../../ramz/hsm/v1/GiveShareResponse.js';
import type { InitialiseRequest as _ramz_hsm_v1_InitialiseRequest, InitialiseRequest__Output as _ramz_hsm_v1_InitialiseRequest__Output } from '../../../ramz/hsm/v1/InitialiseRequest.js';
import type { InitialiseResponse as _ramz_hsm_v1_InitialiseResponse, InitialiseResponse__Output as _ramz_hsm_v1_InitialiseResponse__Output } from '../../../ramz/hsm/v1/InitialiseResponse.js';
import type { SealRequest as _ramz_hsm_v1_SealRequest, SealRequest__Output as _ramz_hsm_v1_SealRequest__Output } from '../../../ramz/hsm/v1/SealRequest.js';
import type { SealResponse as _ramz_hsm_v1_SealResponse, SealResponse__Output as _ramz_hsm_v1_SealResponse__Output } from '../../../ramz/hsm/v1/SealResponse.js';

export interface CeremonyServiceClient extends grpc.Client {
  GetSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  GetSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  GetSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  GetSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  getSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  getSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  getSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  getSessionKey(argument: _ramz_hsm_v1_GetSessionKeyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetSessionKeyResponse__Output>): grpc.ClientUnaryCall;
  
  GiveShare(argument: _ramz_hsm_v1_GiveShareRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  GiveShare(argument: _ramz_hsm_v1_GiveShareRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  GiveShare(argument: _ramz_hsm_v1_GiveShareRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  GiveShare(argument: _ramz_hsm_v1_GiveShareRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  giveShare(argument: _ramz_hsm_v1_GiveShareRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  giveShare(argument: _ramz_hsm_v1_GiveShareRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  giveShare(argument: _ramz_hsm_v1_GiveShareRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  giveShare(argument: _ramz_hsm_v1_GiveShareRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GiveShareResponse__Output>): grpc.ClientUnaryCall;
  
  Initialise(argument: _ramz_hsm_v1_InitialiseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  Initialise(argument: _ramz_hsm_v1_InitialiseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  Initialise(argument: _ramz_hsm_v1_InitialiseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  Initialise(argument: _ramz_hsm_v1_InitialiseRequest, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  initialise(argument: _ramz_hsm_v1_InitialiseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  initialise(argument: _ramz_hsm_v1_InitialiseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  initialise(argument: _ramz_hsm_v1_InitialiseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  initialise(argument: _ramz_hsm_v1_InitialiseRequest, callback: grpc.requestCallback<_ramz_hsm_v1_InitialiseResponse__Output>): grpc.ClientUnaryCall;
  
  Seal(argument: _ramz_hsm_v1_SealRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  Seal(argument: _ramz_hsm_v1_SealRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  Seal(argument: _ramz_hsm_v1_SealRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  Seal(argument: _ramz_hsm_v1_SealRequest, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  seal(argument: _ramz_hsm_v1_SealRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  seal(argument: _ramz_hsm_v1_SealRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  seal(argument: _ramz_hsm_v1_SealRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  seal(argument: _ramz_hsm_v1_SealRequest, callback: grpc.requestCallback<_ramz_hsm_v1_SealResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface CeremonyServiceHandlers extends grpc.UntypedServiceImplementation {
  GetSessionKey: grpc.handleUnaryCall<_ramz_hsm_v1_GetSessionKeyRequest__Output, _ramz_hsm_v1_GetSessionKeyResponse>;
  
  GiveShare: grpc.handleUnaryCall<_ramz_hsm_v1_GiveShareRequest__Output, _ramz_hsm_v1_GiveShareResponse>;
  
  Initialise: grpc.handleUnaryCall<_ramz_hsm_v1_InitialiseRequest__Output, _ramz_hsm_v1_InitialiseResponse>;
  
  Seal: grpc.handleUnaryCall<_ramz_hsm_v1_SealRequest__Output, _ramz_hsm_v1_SealResponse>;
  
}

export interface CeremonyServiceDefinition extends grpc.ServiceDefinition {
  GetSessionKey: MethodDefinition<_ramz_hsm_v1_GetSessionKeyRequest, _ramz_hsm_v1_GetSessionKeyResponse, _ramz_hsm_v1_GetSessionKeyRequest__Output, _ramz_hsm_v1_GetSessionKeyResponse__Output>
  GiveShare: MethodDefinition<_ramz_hsm_v1_GiveShareRequest, _ramz_hsm_v1_GiveShareResponse, _ramz_hsm_v1_GiveShareRequest__Output, _ramz_hsm_v1_GiveShareResponse__Output>
  Initialise: MethodDefinition<_ramz_hsm_v1_InitialiseRequest, _ramz_hsm_v1_InitialiseResponse, _ramz_hsm_v1_InitialiseRequest__Output, _ramz_hsm_v1_InitialiseResponse__Output>
  Seal: MethodDefinition<_ramz_hsm_v1_SealRequest, _ramz_hsm_v1_SealResponse, _ramz_hsm_v1_SealRequest__Output, _ramz_hsm_v1_SealResponse__Output>
}
