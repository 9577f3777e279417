import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AccountHolders as _ramz_hsm_v1_AccountHolders, AccountHolders__Output as _ramz_hsm_v1_AccountHolders__Output } from './ramz/hsm/v1/AccountHolders.js';
import type { ActResult as _ramz_hsm_v1_ActResult, ActResult__Output as _ramz_hsm_v1_ActResult__Output } from './ramz/hsm/v1/ActResult.js';
import type { CloseSubjectRequest as _ramz_hsm_v1_CloseSubjectRequest, CloseSubjectRequest__Output as _ramz_hsm_v1_CloseSubjectRequest__Output } from './ramz/hsm/v1/CloseSubjectRequest.js';
import type { CloseSubjectResponse as _ramz_hsm_v1_CloseSubjectResponse, CloseSubjectResponse__Output as _ramz_hsm_v1_CloseSubjectResponse__Output } from './ramz/hsm/v1/CloseSubjectResponse.js';
import type { EndReplayRequest as _ramz_hsm_v1_EndReplayRequest, EndReplayRequest__Output as _ramz_hsm_v1_EndReplayRequest__Output } from './ramz/hsm/v1/EndReplayRequest.js';
import type { EndReplayResponse as _ramz_hsm_v1_EndReplayResponse, EndReplayResponse__Output as _ramz_hsm_v1_EndReplayResponse__Output } from './ramz/hsm/v1/EndReplayResponse.js';
import type { PutSubjectRequest as _ramz_hsm_v1_PutSubjectRequest, PutSubjectRequest__Output as _ramz_hsm_v1_PutSubjectRequest__Output } from './ramz/hsm/v1/PutSubjectRequest.js';
import type { PutSubjectResponse as _ramz_hsm_v1_PutSubjectResponse, PutSubjectResponse__Output as _ramz_hsm_v1_PutSubjectResponse__Output } from './ramz/hsm/v1/PutSubjectResponse.js';
import type { RegisterServiceClient as _ramz_hsm_v1_RegisterServiceClient, RegisterServiceDefinition as _ramz_hsm_v1_RegisterServiceDefinition } from './ramz/hsm/v1/RegisterService.js';
import type { ReplayEntriesRequest as _ramz_hsm_v1_ReplayEntriesRequest, ReplayEntriesRequest__Output as _ramz_hsm_v1_ReplayEntriesRequest__Output } from './ramz/hsm/v1/ReplayEntriesRequest.js';
import type { ReplayEntriesResponse as _ramz_hsm_v1_ReplayEntriesResponse, ReplayEntriesResponse__Output as _ramz_hsm_v1_ReplayEntriesResponse__Output } from './ramz/hsm/v1/ReplayEntriesResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        AccountHolders: MessageTypeDefinition<_ramz_hsm_v1_AccountHolders, _ramz_hsm_v1_AccountHolders__Output>
        AccountKind: EnumTypeDefinition
        ActOutcome: EnumTypeDefinition
        ActResult: MessageTypeDefinition<_ramz_hsm_v1_ActResult, _ramz_hsm_v1_ActResult__Output>
        CloseSubjectRequest: MessageTypeDefinition<_ramz_hsm_v1_CloseSubjectRequest, _ramz_hsm_v1_CloseSubjectRequest__Output>
        CloseSubjectResponse: MessageTypeDefinition<_ramz_hsm_v1_CloseSubjectResponse, _ramz_hsm_v1_CloseSubjectResponse__Output>
        EndReplayRequest: MessageTypeDefinition<_ramz_hsm_v1_EndReplayRequest, _ramz_hsm_v1_EndReplayRequest__Output>
        EndReplayResponse: MessageTypeDefinition<_ramz_hsm_v1_EndReplayResponse, _ramz_hsm_v1_EndReplayResponse__Output>
        PersonKind: EnumTypeDefinition
        PutSubjectRequest: MessageTypeDefinition<_ramz_hsm_v1_PutSubjectRequest, _ramz_hsm_v1_PutSubjectRequest__Output>
        PutSubjectResponse: MessageTypeDefinition<_ramz_hsm_v1_PutSubjectResponse, _ramz_hsm_v1_PutSubjectResponse__Output>
        RegisterService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_RegisterServiceClient> & { service: _ramz_hsm_v1_RegisterServiceDefinition }
        ReplayEntriesRequest: MessageTypeDefinition<_ramz_hsm_v1_ReplayEntriesRequest, _ramz_hsm_v1_ReplayEntriesRequest__Output>
        ReplayEntriesResponse: MessageTypeDefinition<_ramz_hsm_v1_ReplayEntriesResponse, _ramz_hsm_v1_ReplayEntriesResponse__Output>
      }
    }
  }
}

