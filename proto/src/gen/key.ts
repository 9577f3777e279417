import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Key as _ramz_hsm_v1_Key, Key__Output as _ramz_hsm_v1_Key__Output } from './ramz/hsm/v1/Key.js';
import type { KeyServiceClient as _ramz_hsm_v1_KeyServiceClient, KeyServiceDefinition as _ramz_hsm_v1_KeyServiceDefinition } from './ramz/hsm/v1/KeyService.js';
import type { KeyTransition as _ramz_hsm_v1_KeyTransition, KeyTransition__Output as _ramz_hsm_v1_KeyTransition__Output } from './ramz/hsm/v1/KeyTransition.js';
import type { ListKeysRequest as _ramz_hsm_v1_ListKeysRequest, ListKeysRequest__Output as _ramz_hsm_v1_ListKeysRequest__Output } from './ramz/hsm/v1/ListKeysRequest.js';
import type { ListKeysResponse as _ramz_hsm_v1_ListKeysResponse, ListKeysResponse__Output as _ramz_hsm_v1_ListKeysResponse__Output } from './ramz/hsm/v1/ListKeysResponse.js';
import type { RunSelfTestsRequest as _ramz_hsm_v1_RunSelfTestsRequest, RunSelfTestsRequest__Output as _ramz_hsm_v1_RunSelfTestsRequest__Output } from './ramz/hsm/v1/RunSelfTestsRequest.js';
import type { RunSelfTestsResponse as _ramz_hsm_v1_RunSelfTestsResponse, RunSelfTestsResponse__Output as _ramz_hsm_v1_RunSelfTestsResponse__Output } from './ramz/hsm/v1/RunSelfTestsResponse.js';
import type { SelfTest as _ramz_hsm_v1_SelfTest, SelfTest__Output as _ramz_hsm_v1_SelfTest__Output } from './ramz/hsm/v1/SelfTest.js';
import type { Zone as _ramz_hsm_v1_Zone, Zone__Output as _ramz_hsm_v1_Zone__Output } from './ramz/hsm/v1/Zone.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        Key: MessageTypeDefinition<_ramz_hsm_v1_Key, _ramz_hsm_v1_Key__Output>
        KeyService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_KeyServiceClient> & { service: _ramz_hsm_v1_KeyServiceDefinition }
        KeyState: EnumTypeDefinition
        KeyTransition: MessageTypeDefinition<_ramz_hsm_v1_KeyTransition, _ramz_hsm_v1_KeyTransition__Output>
        ListKeysRequest: MessageTypeDefinition<_ramz_hsm_v1_ListKeysRequest, _ramz_hsm_v1_ListKeysRequest__Output>
        ListKeysResponse: MessageTypeDefinition<_ramz_hsm_v1_ListKeysResponse, _ramz_hsm_v1_ListKeysResponse__Output>
        RunSelfTestsRequest: MessageTypeDefinition<_ramz_hsm_v1_RunSelfTestsRequest, _ramz_hsm_v1_RunSelfTestsRequest__Output>
        RunSelfTestsResponse: MessageTypeDefinition<_ramz_hsm_v1_RunSelfTestsResponse, _ramz_hsm_v1_RunSelfTestsResponse__Output>
        SelfTest: MessageTypeDefinition<_ramz_hsm_v1_SelfTest, _ramz_hsm_v1_SelfTest__Output>
        Zone: MessageTypeDefinition<_ramz_hsm_v1_Zone, _ramz_hsm_v1_Zone__Output>
      }
    }
  }
}

