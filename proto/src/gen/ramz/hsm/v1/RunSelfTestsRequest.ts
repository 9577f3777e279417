// Original file: ramz/hsm/v1/key.proto


export interface RunSelfTestsRequest {
  'force'?: (string);
}

export interface RunSelfTestsRequest__Output {
  'force': (string);
}
