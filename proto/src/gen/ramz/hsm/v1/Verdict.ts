// Original file: ramz/hsm/v1/verification.proto

export const Verdict = {
  VERDICT_UNSPECIFIED: 'VERDICT_UNSPECIFIED',
  VERDICT_ACCEPTED: 'VERDICT_ACCEPTED',
  VERDICT_REFUSED: 'VERDICT_REFUSED',
  VERDICT_LOCKED: 'VERDICT_LOCKED',
} as const;

export type Verdict =
  | 'VERDICT_UNSPECIFIED'
  | 0
  | 'VERDICT_ACCEPTED'
  | 1
  | 'VERDICT_REFUSED'
  | 2
  | 'VERDICT_LOCKED'
  | 3

export type Verdict__Output = typeof Verdict[keyof typeof Verdict]
