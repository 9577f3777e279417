// Original file: ramz/hsm/v1/key.proto


export interface ListKeysRequest {
}

export interface ListKeysRequest__Output {
}
