import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from './ramz/hsm/v1/ActResult.js';
import type { BlockSecondPinRequest as _ramz_hsm_v1_BlockSecondPinRequest, BlockSecondPinRequest__Output as _ramz_hsm_v1_BlockSecondPinRequest__Output } from './ramz/hsm/v1/BlockSecondPinRequest.js';
import type { BlockSecondPinResponse as _ramz_hsm_v1_BlockSecondPinResponse, BlockSecondPinResponse__Output as _ramz_hsm_v1_BlockSecondPinResponse__Output } from './ramz/hsm/v1/BlockSecondPinResponse.js';
import type { DeactivateRequest as _ramz_hsm_v1_DeactivateRequest, DeactivateRequest__Output as _ramz_hsm_v1_DeactivateRequest__Output } from './ramz/hsm/v1/DeactivateRequest.js';
import type { DeactivateResponse as _ramz_hsm_v1_DeactivateResponse, DeactivateResponse__Output as _ramz_hsm_v1_DeactivateResponse__Output } from './ramz/hsm/v1/DeactivateResponse.js';
import type { GetFileRequest as _ramz_hsm_v1_GetFileRequest, GetFileRequest__Output as _ramz_hsm_v1_GetFileRequest__Output } from './ramz/hsm/v1/GetFileRequest.js';
import type { GetFileResponse as _ramz_hsm_v1_GetFileResponse, GetFileResponse__Output as _ramz_hsm_v1_GetFileResponse__Output } from './ramz/hsm/v1/GetFileResponse.js';
import type { LifeCycleServiceClient as _ramz_hsm_v1_LifeCycleServiceClient, LifeCycleServiceDefinition as _ramz_hsm_v1_LifeCycleServiceDefinition } from './ramz/hsm/v1/LifeCycleService.js';
import type { PermissionView as _ramz_hsm_v1_PermissionView, PermissionView__Output as _ramz_hsm_v1_PermissionView__Output } from './ramz/hsm/v1/PermissionView.js';
import type { PlaceView as _ramz_hsm_v1_PlaceView, PlaceView__Output as _ramz_hsm_v1_PlaceView__Output } from './ramz/hsm/v1/PlaceView.js';
import type { ReportFoundRequest as _ramz_hsm_v1_ReportFoundRequest, ReportFoundRequest__Output as _ramz_hsm_v1_ReportFoundRequest__Output } from './ramz/hsm/v1/ReportFoundRequest.js';
import type { ReportFoundResponse as _ramz_hsm_v1_ReportFoundResponse, ReportFoundResponse__Output as _ramz_hsm_v1_ReportFoundResponse__Output } from './ramz/hsm/v1/ReportFoundResponse.js';
import type { ReportLostRequest as _ramz_hsm_v1_ReportLostRequest, ReportLostRequest__Output as _ramz_hsm_v1_ReportLostRequest__Output } from './ramz/hsm/v1/ReportLostRequest.js';
import type { ReportLostResponse as _ramz_hsm_v1_ReportLostResponse, ReportLostResponse__Output as _ramz_hsm_v1_ReportLostResponse__Output } from './ramz/hsm/v1/ReportLostResponse.js';
import type { TokenView as _ramz_hsm_v1_TokenView, TokenView__Output as _ramz_hsm_v1_TokenView__Output } from './ramz/hsm/v1/TokenView.js';
import type { UnblockSecondPinRequest as _ramz_hsm_v1_UnblockSecondPinRequest, UnblockSecondPinRequest__Output as _ramz_hsm_v1_UnblockSecondPinRequest__Output } from './ramz/hsm/v1/UnblockSecondPinRequest.js';
import type { UnblockSecondPinResponse as _ramz_hsm_v1_UnblockSecondPinResponse, UnblockSecondPinResponse__Output as _ramz_hsm_v1_UnblockSecondPinResponse__Output } from './ramz/hsm/v1/UnblockSecondPinResponse.js';
import type { VoidTokenRequest as _ramz_hsm_v1_VoidTokenRequest, VoidTokenRequest__Output as _ramz_hsm_v1_VoidTokenRequest__Output } from './ramz/hsm/v1/VoidTokenRequest.js';
import type { VoidTokenResponse as _ramz_hsm_v1_VoidTokenResponse, VoidTokenResponse__Output as _ramz_hsm_v1_VoidTokenResponse__Output } from './ramz/hsm/v1/VoidTokenResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        AccountKind: EnumTypeDefinition
        ActOutcome: EnumTypeDefinition
        ActResult: MessageTypeDefinition<_ramz_hsm_v1_ActResult, _ramz_hsm_v1_ActResult__Output>
        BlockSecondPinRequest: MessageTypeDefinition<_ramz_hsm_v1_BlockSecondPinRequest, _ramz_hsm_v1_BlockSecondPinRequest__Output>
        BlockSecondPinResponse: MessageTypeDefinition<_ramz_hsm_v1_BlockSecondPinResponse, _ramz_hsm_v1_BlockSecondPinResponse__Output>
        DeactivateRequest: MessageTypeDefinition<_ramz_hsm_v1_DeactivateRequest, _ramz_hsm_v1_DeactivateRequest__Output>
        DeactivateResponse: MessageTypeDefinition<_ramz_hsm_v1_DeactivateResponse, _ramz_hsm_v1_DeactivateResponse__Output>
        GetFileRequest: MessageTypeDefinition<_ramz_hsm_v1_GetFileRequest, _ramz_hsm_v1_GetFileRequest__Output>
        GetFileResponse: MessageTypeDefinition<_ramz_hsm_v1_GetFileResponse, _ramz_hsm_v1_GetFileResponse__Output>
        LifeCycleService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_LifeCycleServiceClient> & { service: _ramz_hsm_v1_LifeCycleServiceDefinition }
        PermissionView: MessageTypeDefinition<_ramz_hsm_v1_PermissionView, _ramz_hsm_v1_PermissionView__Output>
        PersonKind: EnumTypeDefinition
        PlaceStatus: EnumTypeDefinition
        PlaceView: MessageTypeDefinition<_ramz_hsm_v1_PlaceView, _ramz_hsm_v1_PlaceView__Output>
        Purpose: EnumTypeDefinition
        ReportFoundRequest: MessageTypeDefinition<_ramz_hsm_v1_ReportFoundRequest, _ramz_hsm_v1_ReportFoundRequest__Output>
        ReportFoundResponse: MessageTypeDefinition<_ramz_hsm_v1_ReportFoundResponse, _ramz_hsm_v1_ReportFoundResponse__Output>
        ReportLostRequest: MessageTypeDefinition<_ramz_hsm_v1_ReportLostRequest, _ramz_hsm_v1_ReportLostRequest__Output>
        ReportLostResponse: MessageTypeDefinition<_ramz_hsm_v1_ReportLostResponse, _ramz_hsm_v1_ReportLostResponse__Output>
        TokenView: MessageTypeDefinition<_ramz_hsm_v1_TokenView, _ramz_hsm_v1_TokenView__Output>
        UnblockSecondPinRequest: MessageTypeDefinition<_ramz_hsm_v1_UnblockSecondPinRequest, _ramz_hsm_v1_UnblockSecondPinRequest__Output>
        UnblockSecondPinResponse: MessageTypeDefinition<_ramz_hsm_v1_UnblockSecondPinResponse, _ramz_hsm_v1_UnblockSecondPinResponse__Output>
        VoidTokenRequest: MessageTypeDefinition<_ramz_hsm_v1_VoidTokenRequest, _ramz_hsm_v1_VoidTokenRequest__Output>
        VoidTokenResponse: MessageTypeDefinition<_ramz_hsm_v1_VoidTokenResponse, _ramz_hsm_v1_VoidTokenResponse__Output>
      }
    }
  }
}

