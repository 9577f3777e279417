// Original file: ramz/hsm/v1/act.proto

export const PersonKind = {
  PERSON_KIND_UNSPECIFIED: 'PERSON_KIND_UNSPECIFIED',
  PERSON_KIND_NATURAL: 'PERSON_KIND_NATURAL',
  PERSON_KIND_LEGAL: 'PERSON_KIND_LEGAL',
} as const;

export type PersonKind =
  | 'PERSON_KIND_UNSPECIFIED'
  | 0
  | 'PERSON_KIND_NATURAL'
  | 1
  | 'PERSON_KIND_LEGAL'
  | 2

export type PersonKind__Output = typeof PersonKind[keyof typeof PersonKind]
