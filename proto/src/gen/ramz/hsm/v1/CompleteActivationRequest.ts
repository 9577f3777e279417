// Original file: ramz/hsm/v1/activation.proto


export interface CompleteActivationRequest {
  'requestId'?: (string);
  'cardNumber'?: (string);
  'customerNumber'?: (string);
  'epoch'?: (number);
  'sealedCodes'?: (Buffer | Uint8Array | string);
  'address'?: (string);
}

export interface CompleteActivationRequest__Output {
  'requestId': (string);
  'cardNumber': (string);
  'customerNumber': (string);
  'epoch': (number);
  'sealedCodes': (Buffer);
  'address': (string);
}
