// Original file: ramz/hsm/v1/text.proto


export interface ReportTextResponse {
}

export interface ReportTextResponse__Output {
}
