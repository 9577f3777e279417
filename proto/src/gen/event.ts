import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { EventServiceClient as _ramz_hsm_v1_EventServiceClient, EventServiceDefinition as _ramz_hsm_v1_EventServiceDefinition } from './ramz/hsm/v1/EventService.js';
import type { WatchEventsRequest as _ramz_hsm_v1_WatchEventsRequest, WatchEventsRequest__Output as _ramz_hsm_v1_WatchEventsRequest__Output } from './ramz/hsm/v1/WatchEventsRequest.js';
import type { WatchEventsResponse as _ramz_hsm_v1_WatchEventsResponse, WatchEventsResponse__Output as _ramz_hsm_v1_WatchEventsResponse__Output } from './ramz/hsm/v1/WatchEventsResponse.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  ramz: {
    hsm: {
      v1: {
        EventKind: EnumTypeDefinition
        EventService: SubtypeConstructor<typeof grpc.Client, _ramz_hsm_v1_EventServiceClient> & { service: _ramz_hsm_v1_EventServiceDefinition }
        WatchEventsRequest: MessageTypeDefinition<_ramz_hsm_v1_WatchEventsRequest, _ramz_hsm_v1_WatchEventsRequest__Output>
        WatchEventsResponse: MessageTypeDefinition<_ramz_hsm_v1_WatchEventsResponse, _ramz_hsm_v1_WatchEventsResponse__Output>
      }
    }
  }
}

