// Original file: ramz/hsm/v1/act.proto

export const AccountKind = {
  ACCOUNT_KIND_UNSPECIFIED: 'ACCOUNT_KIND_UNSPECIFIED',
  ACCOUNT_KIND_SINGLE: 'ACCOUNT_KIND_SINGLE',
  ACCOUNT_KIND_JOINT: 'ACCOUNT_KIND_JOINT',
} as const;

export type AccountKind =
  | 'ACCOUNT_KIND_UNSPECIFIED'
  | 0
  | 'ACCOUNT_KIND_SINGLE'
  | 1
  | 'ACCOUNT_KIND_JOINT'
  | 2

export type AccountKind__Output = typeof AccountKind[keyof typeof AccountKind]
