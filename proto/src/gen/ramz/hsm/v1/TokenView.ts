// Original file: ramz/hsm/v1/life_cycle.proto


export interface TokenView {
  'serial'?: (string);
  'lost'?: (boolean);
}

export interface TokenView__Output {
  'serial': (string);
  'lost': (boolean);
}
