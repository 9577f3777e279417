// Original file: ramz/hsm/v1/life_cycle.proto


export interface ReportLostRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'tokenSerial'?: (string);
}

export interface ReportLostRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'tokenSerial': (string);
}
