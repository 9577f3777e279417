// Original file: ramz/hsm/v1/activation.proto

export const ActivationMethod = {
  ACTIVATION_METHOD_UNSPECIFIED: 'ACTIVATION_METHOD_UNSPECIFIED',
  ACTIVATION_METHOD_APP: 'ACTIVATION_METHOD_APP',
  ACTIVATION_METHOD_SMS: 'ACTIVATION_METHOD_SMS',
} as const;

export type ActivationMethod =
  | 'ACTIVATION_METHOD_UNSPECIFIED'
  | 0
  | 'ACTIVATION_METHOD_APP'
  | 1
  | 'ACTIVATION_METHOD_SMS'
  | 2

export type ActivationMethod__Output = typeof ActivationMethod[keyof typeof ActivationMethod]
