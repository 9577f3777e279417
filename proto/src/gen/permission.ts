import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from './ramz/hsm/v1/ActResult.js';
import type { IssuePermissionRequest as _ramz_hsm_v1_IssuePermissionRequest, IssuePermissionRequest__Output as _ramz_hsm_v1_IssuePermissionRequest__Output } from './ramz/hsm/v1/IssuePermissionRequest.js';
import type { IssuePermissionResponse as _ramz_hsm_v1_IssuePermissionResponse, IssuePermissionResponse__Output as _ramz_hsm_v1_IssuePermissionResponse__Output } from './ramz/hsm/v1/IssuePermissionResponse.js';
import type { PermissionServiceClient as _ramz_hsm_v1_PermissionServiceClient, PermissionServiceDefinition as _ramz_hsm_v1_PermissionServiceDefinition } from './ramz/hsm/v1/PermissionService.js';
import type { WithdrawPermissionRequest as _ramz_hsm_v1_WithdrawPermissionRequest, WithdrawPermissionRequest__Output as _ramz_hsm_v1_WithdrawPermissionRequest__Output } from './ramz/hsm/v1/WithdrawPermissionRequest.js';
import type { WithdrawPermissionResponse as _ramz_hsm_v1_WithdrawPermissionResponse, WithdrawPermissionResponse__Output as _ramz_hsm_v1_WithdrawPermissionResponse__Output } from './ramz/hsm/v1/WithdrawPermissionResponse.js';

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
        IssuePermissionRequest: MessageTypeDefinition<_ramz_hsm_v1_IssuePermissionRequest, _ramz_hsm_v1_IssuePermissionRequest__Output>
        IssuePermissionResponse: MessageTypeDefinition<_ramz_hsm_v1_IssuePermissionResponse, _ramz_hsm_v1_IssuePermissionResponse__Output>
        PermissionService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_PermissionServiceClient> & { service: _ramz_hsm_v1_PermissionServiceDefinition }
        PersonKind: EnumTypeDefinition
        WithdrawPermissionRequest: MessageTypeDefinition<_ramz_hsm_v1_WithdrawPermissionRequest, _ramz_hsm_v1_WithdrawPermissionRequest__Output>
        WithdrawPermissionResponse: MessageTypeDefinition<_ramz_hsm_v1_WithdrawPermissionResponse, _ramz_hsm_v1_WithdrawPermissionResponse__Output>
      }
    }
  }
}

