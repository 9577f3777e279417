// Original file: ramz/hsm/v1/event.proto

import type { EventKind as _ramz_hsm_v1_EventKind, EventKind__Output as _ramz_hsm_v1_EventKind__Output } from '../../../ramz/hsm/v1/EventKind.js';
import type { Long } from '@grpc/proto-loader';

export interface WatchEventsResponse {
  'logIndex'?: (number | string | Long);
  'atMs'?: (number | string | Long);
  'caller'?: (string);
  'channel'?: (string);
  'purpose'?: (string);
  'subject'?: (string);
  'detail'?: (string);
  'kind'?: (_ramz_hsm_v1_EventKind);
  'reference'?: (string);
}

export interface WatchEventsResponse__Output {
  'logIndex': (string);
  'atMs': (string);
  'caller': (string);
  'channel': (string);
  'purpose': (string);
  'subject': (string);
  'detail': (string);
  'kind': (_ramz_hsm_v1_EventKind__Output);
  'reference': (string);
}
