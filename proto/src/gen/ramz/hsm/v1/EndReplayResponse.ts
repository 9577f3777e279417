// Original file: ramz/hsm/v1/register.proto


export interface EndReplayResponse {
}

export interface EndReplayResponse__Output {
}
