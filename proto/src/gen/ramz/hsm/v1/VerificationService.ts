// Original file: ramz/hsm/v1/verification.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ResynchroniseRequest as _ramz_hsm_v1_ResynchroniseRequest, ResynchroniseRequest__Output as _ramz_hsm_v1_ResynchroniseRequest__Output } from '../../../ramz/hsm/v1/ResynchroniseRequest.js';
import type { ResynchroniseResponse as _ramz_hsm_v1_ResynchroniseResponse, ResynchroniseResponse__Output as _ramz_hsm_v1_ResynchroniseResponse__Output } from '../../../ramz/hsm/v1/ResynchroniseResponse.js';
import type { VerifyBatchRequest as _ramz_hsm_v1_VerifyBatchRequest, VerifyBatchRequest__Output as _ramz_hsm_v1_VerifyBatchRequest__Output } from '../../../ramz/hsm/v1/VerifyBatchRequest.js';
import type { VerifyBatchResponse as _ramz_hsm_v1_VerifyBatchResponse, VerifyBatchResponse__Output as _ramz_hsm_v1_VerifyBatchResponse__Output } from '../../../ramz/hsm/v1/VerifyBatchResponse.js';
import type { VerifyRequest as _ramz_hsm_v1_VerifyRequest, VerifyRequest__Output as _ramz_hsm_v1_VerifyRequest__Output } from '../../../ramz/hsm/v1/VerifyRequest.js';
import type { VerifyResponse as _ramz_hsm_v1_VerifyResponse, VerifyResponse__Output as _ramz_hsm_v1_VerifyResponse__Output } from '../../../ramz/hsm/v1/VerifyResponse.js';
import type { VerifySignatureRequest as _ramz_hsm_v1_VerifySignatureRequest, VerifySignatureRequest__Output as _ramz_hsm_v1_VerifySignatureRequest__Output } from '../../../ramz/hsm/v1/VerifySignatureRequest.js';
import type { VerifySignatureResponse as _ramz_hsm_v1_VerifySignatureResponse, VerifySignatureResponse__Output as _ramz_hsm_v1_VerifySignatureResponse__Output } from '../../../ramz/hsm/v1/VerifySignatureResponse.js';
import type { VerifyStreamRequest as _ramz_hsm_v1_VerifyStreamRequest, VerifyStreamRequest__Output as _ramz_hsm_v1_VerifyStreamRequest__Output } from '../../../ramz/hsm/v1/VerifyStreamRequest.js';
import type { VerifyStreamResponse as _ramz_hsm_v1_VerifyStreamResponse, VerifyStreamResponse__Output as _ramz_hsm_v1_VerifyStreamResponse__Output } from '../../../ramz/hsm/v1/VerifyStreamResponse.js';

export interface VerificationServiceClient extends grpc.Client {
  Resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  Resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  Resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  Resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  resynchronise(argument: _ramz_hsm_v1_ResynchroniseRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ResynchroniseResponse__Output>): grpc.ClientUnaryCall;
  
  Verify(argument: _ramz_hsm_v1_VerifyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: _ramz_hsm_v1_VerifyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: _ramz_hsm_v1_VerifyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  Verify(argument: _ramz_hsm_v1_VerifyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: _ramz_hsm_v1_VerifyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: _ramz_hsm_v1_VerifyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: _ramz_hsm_v1_VerifyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  verify(argument: _ramz_hsm_v1_VerifyRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyResponse__Output>): grpc.ClientUnaryCall;
  
  VerifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  VerifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  VerifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  VerifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  verifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  verifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  verifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  verifyBatch(argument: _ramz_hsm_v1_VerifyBatchRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifyBatchResponse__Output>): grpc.ClientUnaryCall;
  
  VerifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  VerifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  VerifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  VerifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  verifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  verifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  verifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  verifySignature(argument: _ramz_hsm_v1_VerifySignatureRequest, callback: grpc.requestCallback<_ramz_hsm_v1_VerifySignatureResponse__Output>): grpc.ClientUnaryCall;
  
  VerifyStream(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamResponse__Output>;
  VerifyStream(options?: grpc.CallOptions): grpc.ClientDuplexStream<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamResponse__Output>;
  verifyStream(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamResponse__Output>;
  verifyStream(options?: grpc.CallOptions): grpc.ClientDuplexStream<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamResponse__Output>;
  
}

export interface VerificationServiceHandlers extends grpc.UntypedServiceImplementation {
  Resynchronise: grpc.handleUnaryCall<_ramz_hsm_v1_ResynchroniseRequest__Output, _ramz_hsm_v1_ResynchroniseResponse>;
  
  Verify: grpc.handleUnaryCall<_ramz_hsm_v1_VerifyRequest__Output, _ramz_hsm_v1_VerifyResponse>;
  
  VerifyBatch: grpc.handleUnaryCall<_ramz_hsm_v1_VerifyBatchRequest__Output, _ramz_hsm_v1_VerifyBatchResponse>;
  
  VerifySignature: grpc.handleUnaryCall<_ramz_hsm_v1_VerifySignatureRequest__Output, _ramz_hsm_v1_VerifySignatureResponse>;
  
  VerifyStream: grpc.handleBidiStreamingCall<_ramz_hsm_v1_VerifyStreamRequest__Output, _ramz_hsm_v1_VerifyStreamResponse>;
  
}

export interface VerificationServiceDefinition extends grpc.ServiceDefinition {
  Resynchronise: MethodDefinition<_ramz_hsm_v1_ResynchroniseRequest, _ramz_hsm_v1_ResynchroniseResponse, _ramz_hsm_v1_ResynchroniseRequest__Output, _ramz_hsm_v1_ResynchroniseResponse__Output>
  Verify: MethodDefinition<_ramz_hsm_v1_VerifyRequest, _ramz_hsm_v1_VerifyResponse, _ramz_hsm_v1_VerifyRequest__Output, _ramz_hsm_v1_VerifyResponse__Output>
  VerifyBatch: MethodDefinition<_ramz_hsm_v1_VerifyBatchRequest, _ramz_hsm_v1_VerifyBatchResponse, _ramz_hsm_v1_VerifyBatchRequest__Output, _ramz_hsm_v1_VerifyBatchResponse__Output>
  VerifySignature: MethodDefinition<_ramz_hsm_v1_VerifySignatureRequest, _ramz_hsm_v1_VerifySignatureResponse, _ramz_hsm_v1_VerifySignatureRequest__Output, _ramz_hsm_v1_VerifySignatureResponse__Output>
  VerifyStream: MethodDefinition<_ramz_hsm_v1_VerifyStreamRequest, _ramz_hsm_v1_VerifyStreamResponse, _ramz_hsm_v1_VerifyStreamRequest__Output, _ramz_hsm_v1_VerifyStreamResponse__Output>
}
