// Original file: ramz/hsm/v1/text.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ReportTextRequest as _ramz_hsm_v1_ReportTextRequest, ReportTextRequest__Output as _ramz_hsm_v1_ReportTextRequest__Output } from '../../../ramz/hsm/v1/ReportTextRequest.js';
import type { ReportTextResponse as _ramz_hsm_v1_ReportTextResponse, ReportTextResponse__Output as _ramz_hsm_v1_ReportTextResponse__Output } from '../../../ramz/hsm/v1/ReportTextResponse.js';
import type { WatchTextsRequest as _ramz_hsm_v1_WatchTextsRequest, WatchTextsRequest__Output as _ramz_hsm_v1_WatchTextsRequest__Output } from '../../../ramz/hsm/v1/WatchTextsRequest.js';
import type { WatchTextsResponse as _ramz_hsm_v1_WatchTextsResponse, WatchTextsResponse__Output as _ramz_hsm_v1_WatchTextsResponse__Output } from '../../../ramz/hsm/v1/WatchTextsResponse.js';

export interface TextServiceClient extends grpc.Client {
  ReportText(argument: _ramz_hsm_v1_ReportTextRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  ReportText(argument: _ramz_hsm_v1_ReportTextRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  ReportText(argument: _ramz_hsm_v1_ReportTextRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  ReportText(argument: _ramz_hsm_v1_ReportTextRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  reportText(argument: _ramz_hsm_v1_ReportTextRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  reportText(argument: _ramz_hsm_v1_ReportTextRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  reportText(argument: _ramz_hsm_v1_ReportTextRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  reportText(argument: _ramz_hsm_v1_ReportTextRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReportTextResponse__Output>): grpc.ClientUnaryCall;
  
  WatchTexts(argument: _ramz_hsm_v1_WatchTextsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchTextsResponse__Output>;
  WatchTexts(argument: _ramz_hsm_v1_WatchTextsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchTextsResponse__Output>;
  watchTexts(argument: _ramz_hsm_v1_WatchTextsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchTextsResponse__Output>;
  watchTexts(argument: _ramz_hsm_v1_WatchTextsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchTextsResponse__Output>;
  
}

export interface TextServiceHandlers extends grpc.UntypedServiceImplementation {
  ReportText: grpc.handleUnaryCall<_ramz_hsm_v1_ReportTextRequest__Output, _ramz_hsm_v1_ReportTextResponse>;
  
  WatchTexts: grpc.handleServerStreamingCall<_ramz_hsm_v1_WatchTextsRequest__Output, _ramz_hsm_v1_WatchTextsResponse>;
  
}

export interface TextServiceDefinition extends grpc.ServiceDefinition {
  ReportText: MethodDefinition<_ramz_hsm_v1_ReportTextRequest, _ramz_hsm_v1_ReportTextResponse, _ramz_hsm_v1_ReportTextRequest__Output, _ramz_hsm_v1_ReportTextResponse__Output>
  WatchTexts: MethodDefinition<_ramz_hsm_v1_WatchTextsRequest, _ramz_hsm_v1_WatchTextsResponse, _ramz_hsm_v1_WatchTextsRequest__Output, _ramz_hsm_v1_WatchTextsResponse__Output>
}
