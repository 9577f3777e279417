import type { Person } from './statements.ts';

/** The part of the minutes that names the participants. */
export interface CeremonyRecord {
  readonly opened: {
    readonly plan?: { readonly custodians: readonly string[] } | undefined;
    readonly roster?: readonly Person[] | undefined;
  };
  readonly steps: readonly { readonly by: string }[];
}

/** Returns who may sign the minutes: planned custodians, operators, and all who did a step. */
export function participantsOf({ opened, steps }: CeremonyRecord): string[] {
  const operators = (opened.roster ?? []).filter(({ role }) => role === 'operator').map(({ name }) => name);
  return [...(opened.plan?.custodians ?? []), ...operators, ...steps.map(({ by }) => by)];
}
