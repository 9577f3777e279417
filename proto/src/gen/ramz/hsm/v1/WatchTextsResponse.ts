// Original file: ramz/hsm/v1/text.proto


export interface WatchTextsResponse {
  'textId'?: (string);
  'mobileNumber'?: (string);
  'text'?: (string);
  'sealedText'?: (Buffer | Uint8Array | string);
  'validS'?: (number);
}

export interface WatchTextsResponse__Output {
  'textId': (string);
  'mobileNumber': (string);
  'text': (string);
  'sealedText': (Buffer);
  'validS': (number);
}
