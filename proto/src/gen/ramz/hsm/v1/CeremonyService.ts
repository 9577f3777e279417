// Original file: ramz/hsm/v1/ceremony.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ActRequest as _ramz_hsm_v1_ActRequest, ActRequest__Output as _ramz_hsm_v1_ActRequest__Output } from '../../../ramz/hsm/v1/ActRequest.js';
import type { ActResponse as _ramz_hsm_v1_ActResponse, ActResponse__Output as _ramz_hsm_v1_ActResponse__Output } from '../../../ramz/hsm/v1/ActResponse.js';
import type { GetAnnouncementRequest as _ramz_hsm_v1_GetAnnouncementRequest, GetAnnouncementRequest__Output as _ramz_hsm_v1_GetAnnouncementRequest__Output } from '../../../ramz/hsm/v1/GetAnnouncementRequest.js';
import type { GetAnnouncementResponse as _ramz_hsm_v1_GetAnnouncementResponse, GetAnnouncementResponse__Output as _ramz_hsm_v1_GetAnnouncementResponse__Output } from '../../../ramz/hsm/v1/GetAnnouncementResponse.js';
import type { GetMinutesRequest as _ramz_hsm_v1_GetMinutesRequest, GetMinutesRequest__Output as _ramz_hsm_v1_GetMinutesRequest__Output } from '../../../ramz/hsm/v1/GetMinutesRequest.js';
import type { GetMinutesResponse as _ramz_hsm_v1_GetMinutesResponse, GetMinutesResponse__Output as _ramz_hsm_v1_GetMinutesResponse__Output } from '../../../ramz/hsm/v1/GetMinutesResponse.js';

export interface CeremonyServiceClient extends grpc.Client {
  Act(argument: _ramz_hsm_v1_ActRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  Act(argument: _ramz_hsm_v1_ActRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  Act(argument: _ramz_hsm_v1_ActRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  Act(argument: _ramz_hsm_v1_ActRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  act(argument: _ramz_hsm_v1_ActRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  act(argument: _ramz_hsm_v1_ActRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  act(argument: _ramz_hsm_v1_ActRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  act(argument: _ramz_hsm_v1_ActRequest, callback: grpc.requestCallback<_ramz_hsm_v1_ActResponse__Output>): grpc.ClientUnaryCall;
  
  GetAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  GetAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  GetAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  GetAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  getAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  getAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  getAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  getAnnouncement(argument: _ramz_hsm_v1_GetAnnouncementRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetAnnouncementResponse__Output>): grpc.ClientUnaryCall;
  
  GetMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  GetMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  GetMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  GetMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  getMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  getMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  getMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  getMinutes(argument: _ramz_hsm_v1_GetMinutesRequest, callback: grpc.requestCallback<_ramz_hsm_v1_GetMinutesResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface CeremonyServiceHandlers extends grpc.UntypedServiceImplementation {
  Act: grpc.handleUnaryCall<_ramz_hsm_v1_ActRequest__Output, _ramz_hsm_v1_ActResponse>;
  
  GetAnnouncement: grpc.handleUnaryCall<_ramz_hsm_v1_GetAnnouncementRequest__Output, _ramz_hsm_v1_GetAnnouncementResponse>;
  
  GetMinutes: grpc.handleUnaryCall<_ramz_hsm_v1_GetMinutesRequest__Output, _ramz_hsm_v1_GetMinutesResponse>;
  
}

export interface CeremonyServiceDefinition extends grpc.ServiceDefinition {
  Act: MethodDefinition<_ramz_hsm_v1_ActRequest, _ramz_hsm_v1_ActResponse, _ramz_hsm_v1_ActRequest__Output, _ramz_hsm_v1_ActResponse__Output>
  GetAnnouncement: MethodDefinition<_ramz_hsm_v1_GetAnnouncementRequest, _ramz_hsm_v1_GetAnnouncementResponse, _ramz_hsm_v1_GetAnnouncementRequest__Output, _ramz_hsm_v1_GetAnnouncementResponse__Output>
  GetMinutes: MethodDefinition<_ramz_hsm_v1_GetMinutesRequest, _ramz_hsm_v1_GetMinutesResponse, _ramz_hsm_v1_GetMinutesRequest__Output, _ramz_hsm_v1_GetMinutesResponse__Output>
}
