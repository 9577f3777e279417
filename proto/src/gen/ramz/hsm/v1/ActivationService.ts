// Original file: ramz/hsm/v1/activation.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AllocateCodeRequest as _ramz_hsm_v1_AllocateCodeRequest, AllocateCodeRequest__Output as _ramz_hsm_v1_AllocateCodeRequest__Output } from '../../../ramz/hsm/v1/AllocateCodeRequest.js';
import type { AllocateCodeResponse as _ramz_hsm_v1_AllocateCodeResponse, AllocateCodeResponse__Output as _ramz_hsm_v1_AllocateCodeResponse__Output } from '../../../ramz/hsm/v1/AllocateCodeResponse.js';
import type { CompleteActivationRequest as _ramz_hsm_v1_CompleteActivationRequest, CompleteActivationRequest__Output as _ramz_hsm_v1_CompleteActivationRequest__Output } from '../../../ramz/hsm/v1/CompleteActivationRequest.js';
import type { CompleteActivationResponse as _ramz_hsm_v1_CompleteActivationResponse, CompleteActivationResponse__Output as _ramz_hsm_v1_CompleteActivationResponse__Output } from '../../../ramz/hsm/v1/CompleteActivationResponse.js';
import type { DeleteTokenRequest as _ramz_hsm_v1_DeleteTokenRequest, DeleteTokenRequest__Output as _ramz_hsm_v1_DeleteTokenRequest__Output } from '../../../ramz/hsm/v1/DeleteTokenRequest.js';
import type { DeleteTokenResponse as _ramz_hsm_v1_DeleteTokenResponse, DeleteTokenResponse__Output as _ramz_hsm_v1_DeleteTokenResponse__Output } from '../../../ramz/hsm/v1/DeleteTokenResponse.js';
import type { GetActivationKeyRequest as _ramz_hsm_v1_GetActivationKeyRequest, GetActivationKeyRequest__Output as _ramz_hsm_v1_GetActivationKeyRequest__Output } from '../../../ramz/hsm/v1/GetActivationKeyRequest.js';
import type { GetActivationKeyResponse as _ramz_hsm_v1_GetActivationKeyResponse, GetActivationKeyResponse__Output as _ramz_hsm_v1_GetActivationKeyResponse__Output } from '../../../ramz/hsm/v1/GetActivationKeyResponse.js';
import type { GetTokenStateRequest as _ramz_hsm_v1_GetTokenStateRequest, GetTokenStateRequest__Output as _ramz_hsm_v1_GetTokenStateRequest__Output } from '../../../ramz/hsm/v1/GetTokenStateRequest.js';
import type { GetTokenStateResponse as _ramz_hsm_v1_GetTokenStateResponse, GetTokenStateResponse__Output as _ramz_hsm_v1_GetTokenStateResponse__Output } from '../../../ramz/hsm/v1/GetTokenStateResponse.js';
import type { ReissueCodeRequest as _ramz_hsm_v1_ReissueCodeRequest, ReissueCodeRequest__Output as _ramz_hsm_v1_ReissueCodeRequest__Output } from '../../../ramz/hsm/v1/ReissueCodeRequest.js';
import type { ReissueCodeResponse as _ramz_hsm_v1_ReissueCodeResponse, ReissueCodeResponse__Output as _ramz_hsm_v1_ReissueCodeResponse__Output } from '../../../ramz/hsm/v1/ReissueCodeResponse.js';
import type { RepeatTextRequest as _ramz_hsm_v1_RepeatTextRequest, RepeatTextRequest__Output as _ramz_hsm_v1_RepeatTextRequest__Output } from '../../../ramz/hsm/v1/RepeatTextRequest.js';
import type { RepeatTextResponse as _ramz_hsm_v1_RepeatTextResponse, RepeatTextResponse__Output as _ramz_hsm_v1_RepeatTextResponse__Output } from '../../../ramz/hsm/v1/RepeatTextResponse.js';
import type { RequestActivationRequest as _ramz_hsm_v1_RequestActivationRequest, RequestActivationRequest__Output as _ramz_hsm_v1_RequestActivationRequest__Output } from '../../../ramz/hsm/v1/RequestActivationRequest.js';
import type { RequestActivationResponse as _ramz_hsm_v1_RequestActivationResponse, RequestActivationResponse__Output as _ramz_hsm_v1_RequestActivationResponse__Output } from '../../../ramz/hsm/v1/RequestActivationResponse.js';

export interface ActivationServiceClient extends grpc.Client {
  AllocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  AllocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  AllocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  AllocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  allocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  allocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  allocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  allocateCode(argument: _ramz_hsm_v1_AllocateCodeRequest, callback: grpc.requestCallback<_ramz_hsm_v1_AllocateCodeResponse__Output>): grpc.ClientUnaryCall;
  
  CompleteActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  CompleteActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  CompleteActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  CompleteActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  completeActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  completeActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  completeActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  completeActivation(argument: _ramz_hsm_v1_CompleteActivationRequest, callback: grpc.requestCallback<_ramz_hsm_v1_CompleteActivationResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  DeleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  DeleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  DeleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  deleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  deleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  deleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  deleteToken(argument: _ramz_hsm_v1_DeleteTokenRequest, callback: grpc.requestCallback<_ramz_hsm_v1_DeleteTokenResponse__Output>): grpc.ClientUnaryCall;
  
  GetActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  GetActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  GetActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  GetActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  getActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  getActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  getActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  getActivationKey(argument: _ramz_hsm_v1_GetActivationKeyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetActivationKeyResponse__Output>): grpc.ClientUnaryCall;
  
  GetTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  GetTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  GetTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  GetTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  getTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  getTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  getTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  getTokenState(argument: _ramz_hsm_v1_GetTokenStateRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetTokenStateResponse__Output>): grpc.ClientUnaryCall;
  
  ReissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  ReissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  ReissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  ReissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  reissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  reissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  reissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  reissueCode(argument: _ramz_hsm_v1_ReissueCodeRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReissueCodeResponse__Output>): grpc.ClientUnaryCall;
  
  RepeatText(argument: _ramz_hsm_v1_RepeatTextRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  RepeatText(argument: _ramz_hsm_v1_RepeatTextRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  RepeatText(argument: _ramz_hsm_v1_RepeatTextRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  RepeatText(argument: _ramz_hsm_v1_RepeatTextRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  repeatText(argument: _ramz_hsm_v1_RepeatTextRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  repeatText(argument: _ramz_hsm_v1_RepeatTextRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  repeatText(argument: _ramz_hsm_v1_RepeatTextRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  repeatText(argument: _ramz_hsm_v1_RepeatTextRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RepeatTextResponse__Output>): grpc.ClientUnaryCall;
  
  RequestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  RequestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  RequestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  RequestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  requestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  requestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  requestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  requestActivation(argument: _ramz_hsm_v1_RequestActivationRequest, callback: grpc.requestCallback<_ramz_hsm_v1_RequestActivationResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface ActivationServiceHandlers extends grpc.UntypedServiceImplementation {
  AllocateCode: grpc.handleUnaryCall<_ramz_hsm_v1_AllocateCodeRequest__Output, _ramz_hsm_v1_AllocateCodeResponse>;
  
  CompleteActivation: grpc.handleUnaryCall<_ramz_hsm_v1_CompleteActivationRequest__Output, _ramz_hsm_v1_CompleteActivationResponse>;
  
  DeleteToken: grpc.handleUnaryCall<_ramz_hsm_v1_DeleteTokenRequest__Output, _ramz_hsm_v1_DeleteTokenResponse>;
  
  GetActivationKey: grpc.handleUnaryCall<_ramz_hsm_v1_GetActivationKeyRequest__Output, _ramz_hsm_v1_GetActivationKeyResponse>;
  
  GetTokenState: grpc.handleUnaryCall<_ramz_hsm_v1_GetTokenStateRequest__Output, _ramz_hsm_v1_GetTokenStateResponse>;
  
  ReissueCode: grpc.handleUnaryCall<_ramz_hsm_v1_ReissueCodeRequest__Output, _ramz_hsm_v1_ReissueCodeResponse>;
  
  RepeatText: grpc.handleUnaryCall<_ramz_hsm_v1_RepeatTextRequest__Output, _ramz_hsm_v1_RepeatTextResponse>;
  
  RequestActivation: grpc.handleUnaryCall<_ramz_hsm_v1_RequestActivationRequest__Output, _ramz_hsm_v1_RequestActivationResponse>;
  
}

export interface ActivationServiceDefinition extends grpc.ServiceDefinition {
  AllocateCode: MethodDefinition<_ramz_hsm_v1_AllocateCodeRequest, _ramz_hsm_v1_AllocateCodeResponse, _ramz_hsm_v1_AllocateCodeRequest__Output, _ramz_hsm_v1_AllocateCodeResponse__Output>
  CompleteActivation: MethodDefinition<_ramz_hsm_v1_CompleteActivationRequest, _ramz_hsm_v1_CompleteActivationResponse, _ramz_hsm_v1_CompleteActivationRequest__Output, _ramz_hsm_v1_CompleteActivationResponse__Output>
  DeleteToken: MethodDefinition<_ramz_hsm_v1_DeleteTokenRequest, _ramz_hsm_v1_DeleteTokenResponse, _ramz_hsm_v1_DeleteTokenRequest__Output, _ramz_hsm_v1_DeleteTokenResponse__Output>
  GetActivationKey: MethodDefinition<_ramz_hsm_v1_GetActivationKeyRequest, _ramz_hsm_v1_GetActivationKeyResponse, _ramz_hsm_v1_GetActivationKeyRequest__Output, _ramz_hsm_v1_GetActivationKeyResponse__Output>
  GetTokenState: MethodDefinition<_ramz_hsm_v1_GetTokenStateRequest, _ramz_hsm_v1_GetTokenStateResponse, _ramz_hsm_v1_GetTokenStateRequest__Output, _ramz_hsm_v1_GetTokenStateResponse__Output>
  ReissueCode: MethodDefinition<_ramz_hsm_v1_ReissueCodeRequest, _ramz_hsm_v1_ReissueCodeResponse, _ramz_hsm_v1_ReissueCodeRequest__Output, _ramz_hsm_v1_ReissueCodeResponse__Output>
  RepeatText: MethodDefinition<_ramz_hsm_v1_RepeatTextRequest, _ramz_hsm_v1_RepeatTextResponse, _ramz_hsm_v1_RepeatTextRequest__Output, _ramz_hsm_v1_RepeatTextResponse__Output>
  RequestActivation: MethodDefinition<_ramz_hsm_v1_RequestActivationRequest, _ramz_hsm_v1_RequestActivationResponse, _ramz_hsm_v1_RequestActivationRequest__Output, _ramz_hsm_v1_RequestActivationResponse__Output>
}
