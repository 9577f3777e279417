/** Exit codes by which a script distinguishes verdicts, errors and an unreachable daemon. */
export const EXIT = { notAccepted: 1, refused: 2, unavailable: 69, notNow: 75 } as const;
export const EXIT_HELP =
  '\nExit code: 0 done, 2 refused, failed or misused, 69 no daemon answers,\n75 temporarily unavailable: retry.';
