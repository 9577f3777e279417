// Original file: ramz/hsm/v1/activation.proto


export interface GetActivationKeyRequest {
}

export interface GetActivationKeyRequest__Output {
}
