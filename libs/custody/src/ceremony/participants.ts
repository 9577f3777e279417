import type { Person } from './statements.ts';

/** Minutes as far as they tell whose ceremony it was. */
export interface CeremonyRecord {
  readonly opened: {
    readonly plan?: { readonly custodians: readonly string[] } | undefined;
    readonly roster?: readonly Person[] | undefined;
  };
  readonly steps: readonly { readonly by: string }[];
}

/** Who may sign the minutes: whose ceremony it was by plan, the operators, and whoever did something in it. */
export function participantsOf({ opened, steps }: CeremonyRecord): string[] {
  const operators = (opened.roster ?? []).filter(({ role }) => role === 'operator').map(({ name }) => name);
  return [...(opened.plan?.custodians ?? []), ...operators, ...steps.map(({ by }) => by)];
}
