import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from './ramz/hsm/v1/ActResult.js';
import type { ActivatedPurpose as _ramz_hsm_v1_ActivatedPurpose, ActivatedPurpose__Output as _ramz_hsm_v1_ActivatedPurpose__Output } from './ramz/hsm/v1/ActivatedPurpose.js';
import type { ActivationServiceClient as _ramz_hsm_v1_ActivationServiceClient, ActivationServiceDefinition as _ramz_hsm_v1_ActivationServiceDefinition } from './ramz/hsm/v1/ActivationService.js';
import type { AllocateCodeRequest as _ramz_hsm_v1_AllocateCodeRequest, AllocateCodeRequest__Output as _ramz_hsm_v1_AllocateCodeRequest__Output } from './ramz/hsm/v1/AllocateCodeRequest.js';
import type { AllocateCodeResponse as _ramz_hsm_v1_AllocateCodeResponse, AllocateCodeResponse__Output as _ramz_hsm_v1_AllocateCodeResponse__Output } from './ramz/hsm/v1/AllocateCodeResponse.js';
import type { BlockSecondPinRequest as _ramz_hsm_v1_BlockSecondPinRequest, BlockSecondPinRequest__Output as _ramz_hsm_v1_BlockSecondPinRequest__Output } from './ramz/hsm/v1/BlockSecondPinRequest.js';
import type { BlockSecondPinResponse as _ramz_hsm_v1_BlockSecondPinResponse, BlockSecondPinResponse__Output as _ramz_hsm_v1_BlockSecondPinResponse__Output } from './ramz/hsm/v1/BlockSecondPinResponse.js';
import type { CodeParameters as _ramz_hsm_v1_CodeParameters, CodeParameters__Output as _ramz_hsm_v1_CodeParameters__Output } from './ramz/hsm/v1/CodeParameters.js';
import type { CompleteActivationRequest as _ramz_hsm_v1_CompleteActivationRequest, CompleteActivationRequest__Output as _ramz_hsm_v1_CompleteActivationRequest__Output } from './ramz/hsm/v1/CompleteActivationRequest.js';
import type { CompleteActivationResponse as _ramz_hsm_v1_CompleteActivationResponse, CompleteActivationResponse__Output as _ramz_hsm_v1_CompleteActivationResponse__Output } from './ramz/hsm/v1/CompleteActivationResponse.js';
import type { DeactivateRequest as _ramz_hsm_v1_DeactivateRequest, DeactivateRequest__Output as _ramz_hsm_v1_DeactivateRequest__Output } from './ramz/hsm/v1/DeactivateRequest.js';
import type { DeactivateResponse as _ramz_hsm_v1_DeactivateResponse, DeactivateResponse__Output as _ramz_hsm_v1_DeactivateResponse__Output } from './ramz/hsm/v1/DeactivateResponse.js';
import type { DeleteTokenRequest as _ramz_hsm_v1_DeleteTokenRequest, DeleteTokenRequest__Output as _ramz_hsm_v1_DeleteTokenRequest__Output } from './ramz/hsm/v1/DeleteTokenRequest.js';
import type { DeleteTokenResponse as _ramz_hsm_v1_DeleteTokenResponse, DeleteTokenResponse__Output as _ramz_hsm_v1_DeleteTokenResponse__Output } from './ramz/hsm/v1/DeleteTokenResponse.js';
import type { EnrolRequest as _ramz_hsm_v1_EnrolRequest, EnrolRequest__Output as _ramz_hsm_v1_EnrolRequest__Output } from './ramz/hsm/v1/EnrolRequest.js';
import type { EnrolResponse as _ramz_hsm_v1_EnrolResponse, EnrolResponse__Output as _ramz_hsm_v1_EnrolResponse__Output } from './ramz/hsm/v1/EnrolResponse.js';
import type { EnrolmentServiceClient as _ramz_hsm_v1_EnrolmentServiceClient, EnrolmentServiceDefinition as _ramz_hsm_v1_EnrolmentServiceDefinition } from './ramz/hsm/v1/EnrolmentService.js';
import type { GetActivationKeyRequest as _ramz_hsm_v1_GetActivationKeyRequest, GetActivationKeyRequest__Output as _ramz_hsm_v1_GetActivationKeyRequest__Output } from './ramz/hsm/v1/GetActivationKeyRequest.js';
import type { GetActivationKeyResponse as _ramz_hsm_v1_GetActivationKeyResponse, GetActivationKeyResponse__Output as _ramz_hsm_v1_GetActivationKeyResponse__Output } from './ramz/hsm/v1/GetActivationKeyResponse.js';
import type { GetFileRequest as _ramz_hsm_v1_GetFileRequest, GetFileRequest__Output as _ramz_hsm_v1_GetFileRequest__Output } from './ramz/hsm/v1/GetFileRequest.js';
import type { GetFileResponse as _ramz_hsm_v1_GetFileResponse, GetFileResponse__Output as _ramz_hsm_v1_GetFileResponse__Output } from './ramz/hsm/v1/GetFileResponse.js';
import type { GetTokenStateRequest as _ramz_hsm_v1_GetTokenStateRequest, GetTokenStateRequest__Output as _ramz_hsm_v1_GetTokenStateRequest__Output } from './ramz/hsm/v1/GetTokenStateRequest.js';
import type { GetTokenStateResponse as _ramz_hsm_v1_GetTokenStateResponse, GetTokenStateResponse__Output as _ramz_hsm_v1_GetTokenStateResponse__Output } from './ramz/hsm/v1/GetTokenStateResponse.js';
import type { LifeCycleServiceClient as _ramz_hsm_v1_LifeCycleServiceClient, LifeCycleServiceDefinition as _ramz_hsm_v1_LifeCycleServiceDefinition } from './ramz/hsm/v1/LifeCycleService.js';
import type { PermissionView as _ramz_hsm_v1_PermissionView, PermissionView__Output as _ramz_hsm_v1_PermissionView__Output } from './ramz/hsm/v1/PermissionView.js';
import type { PlaceView as _ramz_hsm_v1_PlaceView, PlaceView__Output as _ramz_hsm_v1_PlaceView__Output } from './ramz/hsm/v1/PlaceView.js';
import type { PrintedCode as _ramz_hsm_v1_PrintedCode, PrintedCode__Output as _ramz_hsm_v1_PrintedCode__Output } from './ramz/hsm/v1/PrintedCode.js';
import type { ReissueCodeRequest as _ramz_hsm_v1_ReissueCodeRequest, ReissueCodeRequest__Output as _ramz_hsm_v1_ReissueCodeRequest__Output } from './ramz/hsm/v1/ReissueCodeRequest.js';
import type { ReissueCodeResponse as _ramz_hsm_v1_ReissueCodeResponse, ReissueCodeResponse__Output as _ramz_hsm_v1_ReissueCodeResponse__Output } from './ramz/hsm/v1/ReissueCodeResponse.js';
import type { RepeatTextRequest as _ramz_hsm_v1_RepeatTextRequest, RepeatTextRequest__Output as _ramz_hsm_v1_RepeatTextRequest__Output } from './ramz/hsm/v1/RepeatTextRequest.js';
import type { RepeatTextResponse as _ramz_hsm_v1_RepeatTextResponse, RepeatTextResponse__Output as _ramz_hsm_v1_RepeatTextResponse__Output } from './ramz/hsm/v1/RepeatTextResponse.js';
import type { ReportFoundRequest as _ramz_hsm_v1_ReportFoundRequest, ReportFoundRequest__Output as _ramz_hsm_v1_ReportFoundRequest__Output } from './ramz/hsm/v1/ReportFoundRequest.js';
import type { ReportFoundResponse as _ramz_hsm_v1_ReportFoundResponse, ReportFoundResponse__Output as _ramz_hsm_v1_ReportFoundResponse__Output } from './ramz/hsm/v1/ReportFoundResponse.js';
import type { ReportLostRequest as _ramz_hsm_v1_ReportLostRequest, ReportLostRequest__Output as _ramz_hsm_v1_ReportLostRequest__Output } from './ramz/hsm/v1/ReportLostRequest.js';
import type { ReportLostResponse as _ramz_hsm_v1_ReportLostResponse, ReportLostResponse__Output as _ramz_hsm_v1_ReportLostResponse__Output } from './ramz/hsm/v1/ReportLostResponse.js';
import type { RequestActivationRequest as _ramz_hsm_v1_RequestActivationRequest, RequestActivationRequest__Output as _ramz_hsm_v1_RequestActivationRequest__Output } from './ramz/hsm/v1/RequestActivationRequest.js';
import type { RequestActivationResponse as _ramz_hsm_v1_RequestActivationResponse, RequestActivationResponse__Output as _ramz_hsm_v1_RequestActivationResponse__Output } from './ramz/hsm/v1/RequestActivationResponse.js';
import type { TokenProof as _ramz_hsm_v1_TokenProof, TokenProof__Output as _ramz_hsm_v1_TokenProof__Output } from './ramz/hsm/v1/TokenProof.js';
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
        ActivatedPurpose: MessageTypeDefinition<_ramz_hsm_v1_ActivatedPurpose, _ramz_hsm_v1_ActivatedPurpose__Output>
        ActivationMethod: EnumTypeDefinition
        ActivationService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_ActivationServiceClient> & { service: _ramz_hsm_v1_ActivationServiceDefinition }
        AllocateCodeRequest: MessageTypeDefinition<_ramz_hsm_v1_AllocateCodeRequest, _ramz_hsm_v1_AllocateCodeRequest__Output>
        AllocateCodeResponse: MessageTypeDefinition<_ramz_hsm_v1_AllocateCodeResponse, _ramz_hsm_v1_AllocateCodeResponse__Output>
        BlockSecondPinRequest: MessageTypeDefinition<_ramz_hsm_v1_BlockSecondPinRequest, _ramz_hsm_v1_BlockSecondPinRequest__Output>
        BlockSecondPinResponse: MessageTypeDefinition<_ramz_hsm_v1_BlockSecondPinResponse, _ramz_hsm_v1_BlockSecondPinResponse__Output>
        CodeParameters: MessageTypeDefinition<_ramz_hsm_v1_CodeParameters, _ramz_hsm_v1_CodeParameters__Output>
        CompleteActivationRequest: MessageTypeDefinition<_ramz_hsm_v1_CompleteActivationRequest, _ramz_hsm_v1_CompleteActivationRequest__Output>
        CompleteActivationResponse: MessageTypeDefinition<_ramz_hsm_v1_CompleteActivationResponse, _ramz_hsm_v1_CompleteActivationResponse__Output>
        CompletionOutcome: EnumTypeDefinition
        DeactivateRequest: MessageTypeDefinition<_ramz_hsm_v1_DeactivateRequest, _ramz_hsm_v1_DeactivateRequest__Output>
        DeactivateResponse: MessageTypeDefinition<_ramz_hsm_v1_DeactivateResponse, _ramz_hsm_v1_DeactivateResponse__Output>
        DeleteTokenRequest: MessageTypeDefinition<_ramz_hsm_v1_DeleteTokenRequest, _ramz_hsm_v1_DeleteTokenRequest__Output>
        DeleteTokenResponse: MessageTypeDefinition<_ramz_hsm_v1_DeleteTokenResponse, _ramz_hsm_v1_DeleteTokenResponse__Output>
        EnrolRequest: MessageTypeDefinition<_ramz_hsm_v1_EnrolRequest, _ramz_hsm_v1_EnrolRequest__Output>
        EnrolResponse: MessageTypeDefinition<_ramz_hsm_v1_EnrolResponse, _ramz_hsm_v1_EnrolResponse__Output>
        EnrolmentService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_EnrolmentServiceClient> & { service: _ramz_hsm_v1_EnrolmentServiceDefinition }
        GetActivationKeyRequest: MessageTypeDefinition<_ramz_hsm_v1_GetActivationKeyRequest, _ramz_hsm_v1_GetActivationKeyRequest__Output>
        GetActivationKeyResponse: MessageTypeDefinition<_ramz_hsm_v1_GetActivationKeyResponse, _ramz_hsm_v1_GetActivationKeyResponse__Output>
        GetFileRequest: MessageTypeDefinition<_ramz_hsm_v1_GetFileRequest, _ramz_hsm_v1_GetFileRequest__Output>
        GetFileResponse: MessageTypeDefinition<_ramz_hsm_v1_GetFileResponse, _ramz_hsm_v1_GetFileResponse__Output>
        GetTokenStateRequest: MessageTypeDefinition<_ramz_hsm_v1_GetTokenStateRequest, _ramz_hsm_v1_GetTokenStateRequest__Output>
        GetTokenStateResponse: MessageTypeDefinition<_ramz_hsm_v1_GetTokenStateResponse, _ramz_hsm_v1_GetTokenStateResponse__Output>
        LifeCycleService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_LifeCycleServiceClient> & { service: _ramz_hsm_v1_LifeCycleServiceDefinition }
        PermissionView: MessageTypeDefinition<_ramz_hsm_v1_PermissionView, _ramz_hsm_v1_PermissionView__Output>
        PersonKind: EnumTypeDefinition
        PlaceStatus: EnumTypeDefinition
        PlaceView: MessageTypeDefinition<_ramz_hsm_v1_PlaceView, _ramz_hsm_v1_PlaceView__Output>
        PrintedCode: MessageTypeDefinition<_ramz_hsm_v1_PrintedCode, _ramz_hsm_v1_PrintedCode__Output>
        Purpose: EnumTypeDefinition
        ReissueCodeRequest: MessageTypeDefinition<_ramz_hsm_v1_ReissueCodeRequest, _ramz_hsm_v1_ReissueCodeRequest__Output>
        ReissueCodeResponse: MessageTypeDefinition<_ramz_hsm_v1_ReissueCodeResponse, _ramz_hsm_v1_ReissueCodeResponse__Output>
        RepeatTextRequest: MessageTypeDefinition<_ramz_hsm_v1_RepeatTextRequest, _ramz_hsm_v1_RepeatTextRequest__Output>
        RepeatTextResponse: MessageTypeDefinition<_ramz_hsm_v1_RepeatTextResponse, _ramz_hsm_v1_RepeatTextResponse__Output>
        ReportFoundRequest: MessageTypeDefinition<_ramz_hsm_v1_ReportFoundRequest, _ramz_hsm_v1_ReportFoundRequest__Output>
        ReportFoundResponse: MessageTypeDefinition<_ramz_hsm_v1_ReportFoundResponse, _ramz_hsm_v1_ReportFoundResponse__Output>
        ReportLostRequest: MessageTypeDefinition<_ramz_hsm_v1_ReportLostRequest, _ramz_hsm_v1_ReportLostRequest__Output>
        ReportLostResponse: MessageTypeDefinition<_ramz_hsm_v1_ReportLostResponse, _ramz_hsm_v1_ReportLostResponse__Output>
        RequestActivationRequest: MessageTypeDefinition<_ramz_hsm_v1_RequestActivationRequest, _ramz_hsm_v1_RequestActivationRequest__Output>
        RequestActivationResponse: MessageTypeDefinition<_ramz_hsm_v1_RequestActivationResponse, _ramz_hsm_v1_RequestActivationResponse__Output>
        TokenProof: MessageTypeDefinition<_ramz_hsm_v1_TokenProof, _ramz_hsm_v1_TokenProof__Output>
        TokenView: MessageTypeDefinition<_ramz_hsm_v1_TokenView, _ramz_hsm_v1_TokenView__Output>
        UnblockSecondPinRequest: MessageTypeDefinition<_ramz_hsm_v1_UnblockSecondPinRequest, _ramz_hsm_v1_UnblockSecondPinRequest__Output>
        UnblockSecondPinResponse: MessageTypeDefinition<_ramz_hsm_v1_UnblockSecondPinResponse, _ramz_hsm_v1_UnblockSecondPinResponse__Output>
        VoidTokenRequest: MessageTypeDefinition<_ramz_hsm_v1_VoidTokenRequest, _ramz_hsm_v1_VoidTokenRequest__Output>
        VoidTokenResponse: MessageTypeDefinition<_ramz_hsm_v1_VoidTokenResponse, _ramz_hsm_v1_VoidTokenResponse__Output>
      }
    }
  }
}

