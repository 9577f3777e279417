// Original file: ramz/hsm/v1/event.proto

import type { Long } from '@grpc/proto-loader';

export interface WatchEventsResponse {
  'logIndex'?: (number | string | Long);
  'atMs'?: (number | string | Long);
  'kind'?: (string);
  'caller'?: (string);
  'channel'?: (string);
  'purpose'?: (string);
  'subject'?: (string);
  'detail'?: (string);
}

export interface WatchEventsResponse__Output {
  'logIndex': (string);
  'atMs': (string);
  'kind': (string);
  'caller': (string);
  'channel': (string);
  'purpose': (string);
  'subject': (string);
  'detail': (string);
}
