// Original file: ramz/hsm/v1/ceremony.proto


export interface SealRequest {
}

export interface SealRequest__Output {
}
