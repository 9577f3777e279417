import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CeremonyServiceClient as _ramz_hsm_v1_CeremonyServiceClient, CeremonyServiceDefinition as _ramz_hsm_v1_CeremonyServiceDefinition } from './ramz/hsm/v1/CeremonyService.js';
import type { Custodian as _ramz_hsm_v1_Custodian, Custodian__Output as _ramz_hsm_v1_Custodian__Output } from './ramz/hsm/v1/Custodian.js';
import type { GetSessionKeyRequest as _ramz_hsm_v1_GetSessionKeyRequest, GetSessionKeyRequest__Output as _ramz_hsm_v1_GetSessionKeyRequest__Output } from './ramz/hsm/v1/GetSessionKeyRequest.js';
import type { GetSessionKeyResponse as _ramz_hsm_v1_GetSessionKeyResponse, GetSessionKeyResponse__Output as _ramz_hsm_v1_GetSessionKeyResponse__Output } from './ramz/hsm/v1/GetSessionKeyResponse.js';
import type { GiveShareRequest as _ramz_hsm_v1_GiveShareRequest, GiveShareRequest__Output as _ramz_hsm_v1_GiveShareRequest__Output } from './ramz/hsm/v1/GiveShareRequest.js';
import type { GiveShareResponse as _ramz_hsm_v1_GiveShareResponse, GiveShareResponse__Output as _ramz_hsm_v1_GiveShareResponse__Output } from './ramz/hsm/v1/GiveShareResponse.js';
import type { InitialiseRequest as _ramz_hsm_v1_InitialiseRequest, InitialiseRequest__Output as _ramz_hsm_v1_InitialiseRequest__Output } from './ramz/hsm/v1/InitialiseRequest.js';
import type { InitialiseResponse as _ramz_hsm_v1_InitialiseResponse, InitialiseResponse__Output as _ramz_hsm_v1_InitialiseResponse__Output } from './ramz/hsm/v1/InitialiseResponse.js';
import type { SealRequest as _ramz_hsm_v1_SealRequest, SealRequest__Output as _ramz_hsm_v1_SealRequest__Output } from './ramz/hsm/v1/SealRequest.js';
import type { SealResponse as _ramz_hsm_v1_SealResponse, SealResponse__Output as _ramz_hsm_v1_SealResponse__Output } from './ramz/hsm/v1/SealResponse.js';
import type { SealedShare as _ramz_hsm_v1_SealedShare, SealedShare__Output as _ramz_hsm_v1_SealedShare__Output } from './ramz/hsm/v1/SealedShare.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        CeremonyService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_CeremonyServiceClient> & { service: _ramz_hsm_v1_CeremonyServiceDefinition }
        Custodian: MessageTypeDefinition<_ramz_hsm_v1_Custodian, _ramz_hsm_v1_Custodian__Output>
        GetSessionKeyRequest: MessageTypeDefinition<_ramz_hsm_v1_GetSessionKeyRequest, _ramz_hsm_v1_GetSessionKeyRequest__Output>
        GetSessionKeyResponse: MessageTypeDefinition<_ramz_hsm_v1_GetSessionKeyResponse, _ramz_hsm_v1_GetSessionKeyResponse__Output>
        GiveShareRequest: MessageTypeDefinition<_ramz_hsm_v1_GiveShareRequest, _ramz_hsm_v1_GiveShareRequest__Output>
        GiveShareResponse: MessageTypeDefinition<_ramz_hsm_v1_GiveShareResponse, _ramz_hsm_v1_GiveShareResponse__Output>
        InitialiseRequest: MessageTypeDefinition<_ramz_hsm_v1_InitialiseRequest, _ramz_hsm_v1_InitialiseRequest__Output>
        InitialiseResponse: MessageTypeDefinition<_ramz_hsm_v1_InitialiseResponse, _ramz_hsm_v1_InitialiseResponse__Output>
        SealRequest: MessageTypeDefinition<_ramz_hsm_v1_SealRequest, _ramz_hsm_v1_SealRequest__Output>
        SealResponse: MessageTypeDefinition<_ramz_hsm_v1_SealResponse, _ramz_hsm_v1_SealResponse__Output>
        SealedShare: MessageTypeDefinition<_ramz_hsm_v1_SealedShare, _ramz_hsm_v1_SealedShare__Output>
      }
    }
  }
}

