// Original file: ramz/hsm/v1/text.proto


export interface WatchTextsRequest {
  'zone'?: (string);
}

export interface WatchTextsRequest__Output {
  'zone': (string);
}
