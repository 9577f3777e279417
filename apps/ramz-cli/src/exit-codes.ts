/** Exit codes: a script tells a verdict from an error, and an error from a daemon that is not there. */
export const EXIT = { notAccepted: 1, refused: 2, unavailable: 69, notNow: 75 } as const;
export const EXIT_HELP =
  '\nExit code: 0 done, 2 refused, failed or misused, 69 no daemon answers, 75 not now: try again.';
