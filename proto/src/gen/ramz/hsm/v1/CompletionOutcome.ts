// Original file: ramz/hsm/v1/activation.proto

export const CompletionOutcome = {
  COMPLETION_OUTCOME_UNSPECIFIED: 'COMPLETION_OUTCOME_UNSPECIFIED',
  COMPLETION_OUTCOME_ACTIVATED: 'COMPLETION_OUTCOME_ACTIVATED',
  COMPLETION_OUTCOME_REFUSED: 'COMPLETION_OUTCOME_REFUSED',
} as const;

export type CompletionOutcome =
  | 'COMPLETION_OUTCOME_UNSPECIFIED'
  | 0
  | 'COMPLETION_OUTCOME_ACTIVATED'
  | 1
  | 'COMPLETION_OUTCOME_REFUSED'
  | 2

export type CompletionOutcome__Output = typeof CompletionOutcome[keyof typeof CompletionOutcome]
