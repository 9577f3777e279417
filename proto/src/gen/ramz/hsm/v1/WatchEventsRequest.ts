// Original file: ramz/hsm/v1/event.proto

import type { Long } from '@grpc/proto-loader';

export interface WatchEventsRequest {
  'first'?: (number | string | Long);
  'onlyPast'?: (boolean);
}

export interface WatchEventsRequest__Output {
  'first': (string);
  'onlyPast': (boolean);
}
