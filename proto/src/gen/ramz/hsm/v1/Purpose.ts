// Original file: ramz/hsm/v1/subject.proto

export const Purpose = {
  PURPOSE_UNSPECIFIED: 'PURPOSE_UNSPECIFIED',
  PURPOSE_FIRST_PIN: 'PURPOSE_FIRST_PIN',
  PURPOSE_SECOND_PIN: 'PURPOSE_SECOND_PIN',
} as const;

export type Purpose =
  | 'PURPOSE_UNSPECIFIED'
  | 0
  | 'PURPOSE_FIRST_PIN'
  | 1
  | 'PURPOSE_SECOND_PIN'
  | 2

export type Purpose__Output = typeof Purpose[keyof typeof Purpose]
