// Original file: ramz/hsm/v1/register.proto


export interface ReplayEntriesRequest {
  'entries'?: (Buffer | Uint8Array | string)[];
}

export interface ReplayEntriesRequest__Output {
  'entries': (Buffer)[];
}
