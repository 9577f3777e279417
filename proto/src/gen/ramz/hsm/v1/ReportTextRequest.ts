// Original file: ramz/hsm/v1/text.proto


export interface ReportTextRequest {
  'textId'?: (string);
  'taken'?: (boolean);
}

export interface ReportTextRequest__Output {
  'textId': (string);
  'taken': (boolean);
}
