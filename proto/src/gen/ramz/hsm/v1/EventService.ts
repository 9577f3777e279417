// Original file: ramz/hsm/v1/event.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { WatchEventsRequest as _ramz_hsm_v1_WatchEventsRequest, WatchEventsRequest__Output as _ramz_hsm_v1_WatchEventsRequest__Output } from '../../../ramz/hsm/v1/WatchEventsRequest.js';
import type { WatchEventsResponse as _ramz_hsm_v1_WatchEventsResponse, WatchEventsResponse__Output as _ramz_hsm_v1_WatchEventsResponse__Output } from '../../../ramz/hsm/v1/WatchEventsResponse.js';

export interface EventServiceClient extends grpc.Client {
  WatchEvents(argument: _ramz_hsm_v1_WatchEventsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchEventsResponse__Output>;
  WatchEvents(argument: _ramz_hsm_v1_WatchEventsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchEventsResponse__Output>;
  watchEvents(argument: _ramz_hsm_v1_WatchEventsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchEventsResponse__Output>;
  watchEvents(argument: _ramz_hsm_v1_WatchEventsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_ramz_hsm_v1_WatchEventsResponse__Output>;
  
}

export interface EventServiceHandlers extends grpc.UntypedServiceImplementation {
  WatchEvents: grpc.handleServerStreamingCall<_ramz_hsm_v1_WatchEventsRequest__Output, _ramz_hsm_v1_WatchEventsResponse>;
  
}

export interface EventServiceDefinition extends grpc.ServiceDefinition {
  WatchEvents: MethodDefinition<_ramz_hsm_v1_WatchEventsRequest, _ramz_hsm_v1_WatchEventsResponse, _ramz_hsm_v1_WatchEventsRequest__Output, _ramz_hsm_v1_WatchEventsResponse__Output>
}
