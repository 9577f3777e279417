// Original file: ramz/hsm/v1/enrolment.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EnrolRequest as _ramz_hsm_v1_EnrolRequest, EnrolRequest__Output as _ramz_hsm_v1_EnrolRequest__Output } from '../../../ramz/hsm/v1/EnrolRequest.js';
import type { EnrolResponse as _ramz_hsm_v1_EnrolResponse, EnrolResponse__Output as _ramz_hsm_v1_EnrolResponse__Output } from '../../../ramz/hsm/v1/EnrolResponse.js';

export interface EnrolmentServiceClient extends grpc.Client {
  Enrol(argument: _ramz_hsm_v1_EnrolRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  Enrol(argument: _ramz_hsm_v1_EnrolRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  Enrol(argument: _ramz_hsm_v1_EnrolRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  Enrol(argument: _ramz_hsm_v1_EnrolRequest, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  enrol(argument: _ramz_hsm_v1_EnrolRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  enrol(argument: _ramz_hsm_v1_EnrolRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  enrol(argument: _ramz_hsm_v1_EnrolRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  enrol(argument: _ramz_hsm_v1_EnrolRequest, callback: grpc.requestCallback<_ramz_hsm_v1_EnrolResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface EnrolmentServiceHandlers extends grpc.UntypedServiceImplementation {
  Enrol: grpc.handleUnaryCall<_ramz_hsm_v1_EnrolRequest__Output, _ramz_hsm_v1_EnrolResponse>;
  
}

export interface EnrolmentServiceDefinition extends grpc.ServiceDefinition {
  Enrol: MethodDefinition<_ramz_hsm_v1_EnrolRequest, _ramz_hsm_v1_EnrolResponse, _ramz_hsm_v1_EnrolRequest__Output, _ramz_hsm_v1_EnrolResponse__Output>
}
