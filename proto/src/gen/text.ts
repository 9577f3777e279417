import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ReportTextRequest as _ramz_hsm_v1_ReportTextRequest, ReportTextRequest__Output as _ramz_hsm_v1_ReportTextRequest__Output } from './ramz/hsm/v1/ReportTextRequest.js';
import type { ReportTextResponse as _ramz_hsm_v1_ReportTextResponse, ReportTextResponse__Output as _ramz_hsm_v1_ReportTextResponse__Output } from './ramz/hsm/v1/ReportTextResponse.js';
import type { TextServiceClient as _ramz_hsm_v1_TextServiceClient, TextServiceDefinition as _ramz_hsm_v1_TextServiceDefinition } from './ramz/hsm/v1/TextService.js';
import type { WatchTextsRequest as _ramz_hsm_v1_WatchTextsRequest, WatchTextsRequest__Output as _ramz_hsm_v1_WatchTextsRequest__Output } from './ramz/hsm/v1/WatchTextsRequest.js';
import type { WatchTextsResponse as _ramz_hsm_v1_WatchTextsResponse, WatchTextsResponse__Output as _ramz_hsm_v1_WatchTextsResponse__Output } from './ramz/hsm/v1/WatchTextsResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        ReportTextRequest: MessageTypeDefinition<_ramz_hsm_v1_ReportTextRequest, _ramz_hsm_v1_ReportTextRequest__Output>
        ReportTextResponse: MessageTypeDefinition<_ramz_hsm_v1_ReportTextResponse, _ramz_hsm_v1_ReportTextResponse__Output>
        TextService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_TextServiceClient> & { service: _ramz_hsm_v1_TextServiceDefinition }
        WatchTextsRequest: MessageTypeDefinition<_ramz_hsm_v1_WatchTextsRequest, _ramz_hsm_v1_WatchTextsRequest__Output>
        WatchTextsResponse: MessageTypeDefinition<_ramz_hsm_v1_WatchTextsResponse, _ramz_hsm_v1_WatchTextsResponse__Output>
      }
    }
  }
}

