// Original file: ramz/hsm/v1/life_cycle.proto


export interface ReportFoundRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
}

export interface ReportFoundRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
}
