// Original file: ramz/hsm/v1/audit.proto


export interface GetCheckpointRequest {
}

export interface GetCheckpointRequest__Output {
}
