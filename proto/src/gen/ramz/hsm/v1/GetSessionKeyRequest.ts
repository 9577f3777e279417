// Original file: ramz/hsm/v1/ceremony.proto


export interface GetSessionKeyRequest {
}

export interface GetSessionKeyRequest__Output {
}
