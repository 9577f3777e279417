// Original file: ramz/hsm/v1/ceremony.proto


export interface GetMinutesRequest {
  'ceremony'?: (string);
}

export interface GetMinutesRequest__Output {
  'ceremony': (string);
}
