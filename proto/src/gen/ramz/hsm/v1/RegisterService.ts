// Original file: ramz/hsm/v1/register.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CloseSubjectRequest as _ramz_hsm_v1_CloseSubjectRequest, CloseSubjectRequest__Output as _ramz_hsm_v1_CloseSubjectRequest__Output } from '../../../ramz/hsm/v1/CloseSubjectRequest.js';
import type { CloseSubjectResponse as _ramz_hsm_v1_CloseSubjectResponse, CloseSubjectResponse__Output as _ramz_hsm_v1_CloseSubjectResponse__Output } from '../../../ramz/hsm/v1/CloseSubjectResponse.js';
import type { EndReplayRequest as _ramz_hsm_v1_EndReplayRequest, EndReplayRequest__Output as _ramz_hsm_v1_EndReplayRequest__Output } from '../../../ramz/hsm/v1/EndReplayRequest.js';
import type { EndReplayResponse as _ramz_hsm_v1_EndReplayResponse, EndReplayResponse__Output as _ramz_hsm_v1_EndReplayResponse__Output } from '../../../ramz/hsm/v1/EndReplayResponse.js';
import type { PutSubjectRequest as _ramz_hsm_v1_PutSubjectRequest, PutSubjectRequest__Output as _ramz_hsm_v1_PutSubjectRequest__Output } from '../../../ramz/hsm/v1/PutSubjectRequest.js';
import type { PutSubjectResponse as _ramz_hsm_v1_PutSubjectResponse, PutSubjectResponse__Output as _ramz_hsm_v1_PutSubjectResponse__Output } from '../../../ramz/hsm/v1/PutSubjectResponse.js';
import type { ReplayEntriesRequest as _ramz_hsm_v1_ReplayEntriesRequest, ReplayEntriesRequest__Output as _ramz_hsm_v1_ReplayEntriesRequest__Output } from '../../../ramz/hsm/v1/ReplayEntriesRequest.js';
import type { ReplayEntriesResponse as _ramz_hsm_v1_ReplayEntriesResponse, ReplayEntriesResponse__Output as _ramz_hsm_v1_ReplayEntriesResponse__Output } from '../../../ramz/hsm/v1/ReplayEntriesResponse.js';

export interface RegisterServiceClient extends grpc.Client {
  CloseSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  CloseSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  CloseSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  CloseSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  closeSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  closeSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  closeSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  closeSubject(argument: _ramz_hsm_v1_CloseSubjectRequest, callback: grpc.requestCallback<_ramz_hsm_v1_CloseSubjectResponse__Output>): grpc.ClientUnaryCall;
  
  EndReplay(argument: _ramz_hsm_v1_EndReplayRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  EndReplay(argument: _ramz_hsm_v1_EndReplayRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  EndReplay(argument: _ramz_hsm_v1_EndReplayRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  EndReplay(argument: _ramz_hsm_v1_EndReplayRequest, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  endReplay(argument: _ramz_hsm_v1_EndReplayRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  endReplay(argument: _ramz_hsm_v1_EndReplayRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  endReplay(argument: _ramz_hsm_v1_EndReplayRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  endReplay(argument: _ramz_hsm_v1_EndReplayRequest, callback: grpc.requestCallback<_ramz_hsm_v1_EndReplayResponse__Output>): grpc.ClientUnaryCall;
  
  PutSubject(argument: _ramz_hsm_v1_PutSubjectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  PutSubject(argument: _ramz_hsm_v1_PutSubjectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  PutSubject(argument: _ramz_hsm_v1_PutSubjectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  PutSubject(argument: _ramz_hsm_v1_PutSubjectRequest, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  putSubject(argument: _ramz_hsm_v1_PutSubjectRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  putSubject(argument: _ramz_hsm_v1_PutSubjectRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  putSubject(argument: _ramz_hsm_v1_PutSubjectRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  putSubject(argument: _ramz_hsm_v1_PutSubjectRequest, callback: grpc.requestCallback<_ramz_hsm_v1_PutSubjectResponse__Output>): grpc.ClientUnaryCall;
  
  ReplayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  ReplayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  ReplayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  ReplayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  replayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  replayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  replayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  replayEntries(argument: _ramz_hsm_v1_ReplayEntriesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ReplayEntriesResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface RegisterServiceHandlers extends grpc.UntypedServiceImplementation {
  CloseSubject: grpc.handleUnaryCall<_ramz_hsm_v1_CloseSubjectRequest__Output, _ramz_hsm_v1_CloseSubjectResponse>;
  
  EndReplay: grpc.handleUnaryCall<_ramz_hsm_v1_EndReplayRequest__Output, _ramz_hsm_v1_EndReplayResponse>;
  
  PutSubject: grpc.handleUnaryCall<_ramz_hsm_v1_PutSubjectRequest__Output, _ramz_hsm_v1_PutSubjectResponse>;
  
  ReplayEntries: grpc.handleUnaryCall<_ramz_hsm_v1_ReplayEntriesRequest__Output, _ramz_hsm_v1_ReplayEntriesResponse>;
  
}

export interface RegisterServiceDefinition extends grpc.ServiceDefinition {
  CloseSubject: MethodDefinition<_ramz_hsm_v1_CloseSubjectRequest, _ramz_hsm_v1_CloseSubjectResponse, _ramz_hsm_v1_CloseSubjectRequest__Output, _ramz_hsm_v1_CloseSubjectResponse__Output>
  EndReplay: MethodDefinition<_ramz_hsm_v1_EndReplayRequest, _ramz_hsm_v1_EndReplayResponse, _ramz_hsm_v1_EndReplayRequest__Output, _ramz_hsm_v1_EndReplayResponse__Output>
  PutSubject: MethodDefinition<_ramz_hsm_v1_PutSubjectRequest, _ramz_hsm_v1_PutSubjectResponse, _ramz_hsm_v1_PutSubjectRequest__Output, _ramz_hsm_v1_PutSubjectResponse__Output>
  ReplayEntries: MethodDefinition<_ramz_hsm_v1_ReplayEntriesRequest, _ramz_hsm_v1_ReplayEntriesResponse, _ramz_hsm_v1_ReplayEntriesRequest__Output, _ramz_hsm_v1_ReplayEntriesResponse__Output>
}
