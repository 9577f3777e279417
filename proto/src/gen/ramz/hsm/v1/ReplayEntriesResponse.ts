// Original file: ramz/hsm/v1/register.proto


export interface ReplayEntriesResponse {
  'subjects'?: (number);
}

export interface ReplayEntriesResponse__Output {
  'subjects': (number);
}
