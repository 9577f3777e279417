import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ActRequest as _ramz_hsm_v1_ActRequest, ActRequest__Output as _ramz_hsm_v1_ActRequest__Output } from './ramz/hsm/v1/ActRequest.js';
import type { ActResponse as _ramz_hsm_v1_ActResponse, ActResponse__Output as _ramz_hsm_v1_ActResponse__Output } from './ramz/hsm/v1/ActResponse.js';
import type { CeremonyServiceClient as _ramz_hsm_v1_CeremonyServiceClient, CeremonyServiceDefinition as _ramz_hsm_v1_CeremonyServiceDefinition } from './ramz/hsm/v1/CeremonyService.js';
import type { GetAnnouncementRequest as _ramz_hsm_v1_GetAnnouncementRequest, GetAnnouncementRequest__Output as _ramz_hsm_v1_GetAnnouncementRequest__Output } from './ramz/hsm/v1/GetAnnouncementRequest.js';
import type { GetAnnouncementResponse as _ramz_hsm_v1_GetAnnouncementResponse, GetAnnouncementResponse__Output as _ramz_hsm_v1_GetAnnouncementResponse__Output } from './ramz/hsm/v1/GetAnnouncementResponse.js';
import type { GetMinutesRequest as _ramz_hsm_v1_GetMinutesRequest, GetMinutesRequest__Output as _ramz_hsm_v1_GetMinutesRequest__Output } from './ramz/hsm/v1/GetMinutesRequest.js';
import type { GetMinutesResponse as _ramz_hsm_v1_GetMinutesResponse, GetMinutesResponse__Output as _ramz_hsm_v1_GetMinutesResponse__Output } from './ramz/hsm/v1/GetMinutesResponse.js';
import type { SignedAnnouncement as _ramz_hsm_v1_SignedAnnouncement, SignedAnnouncement__Output as _ramz_hsm_v1_SignedAnnouncement__Output } from './ramz/hsm/v1/SignedAnnouncement.js';
import type { SignedStatement as _ramz_hsm_v1_SignedStatement, SignedStatement__Output as _ramz_hsm_v1_SignedStatement__Output } from './ramz/hsm/v1/SignedStatement.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        ActRequest: MessageTypeDefinition<_ramz_hsm_v1_ActRequest, _ramz_hsm_v1_ActRequest__Output>
        ActResponse: MessageTypeDefinition<_ramz_hsm_v1_ActResponse, _ramz_hsm_v1_ActResponse__Output>
        CeremonyService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_CeremonyServiceClient> & { service: _ramz_hsm_v1_CeremonyServiceDefinition }
        GetAnnouncementRequest: MessageTypeDefinition<_ramz_hsm_v1_GetAnnouncementRequest, _ramz_hsm_v1_GetAnnouncementRequest__Output>
        GetAnnouncementResponse: MessageTypeDefinition<_ramz_hsm_v1_GetAnnouncementResponse, _ramz_hsm_v1_GetAnnouncementResponse__Output>
        GetMinutesRequest: MessageTypeDefinition<_ramz_hsm_v1_GetMinutesRequest, _ramz_hsm_v1_GetMinutesRequest__Output>
        GetMinutesResponse: MessageTypeDefinition<_ramz_hsm_v1_GetMinutesResponse, _ramz_hsm_v1_GetMinutesResponse__Output>
        SignedAnnouncement: MessageTypeDefinition<_ramz_hsm_v1_SignedAnnouncement, _ramz_hsm_v1_SignedAnnouncement__Output>
        SignedStatement: MessageTypeDefinition<_ramz_hsm_v1_SignedStatement, _ramz_hsm_v1_SignedStatement__Output>
      }
    }
  }
}

