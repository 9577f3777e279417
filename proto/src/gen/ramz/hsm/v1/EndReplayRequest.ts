// Original file: ramz/hsm/v1/register.proto


export interface EndReplayRequest {
}

export interface EndReplayRequest__Output {
}
