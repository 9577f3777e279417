// What the daemon's programs end with, by the numbers of sysexits.h.
export const EXIT_CONFIG = 78;
export const EXIT_TEMPORARY = 75;
export const EXIT_SOFTWARE = 70;
export const EXIT_HELP =
  '\nExit code: 0 stopped on request; 70 internal error: see the log, then restart; 75 temporarily unavailable, such as\nwithout its database or with a full disk: start it again later; 78 invalid configuration: fix it before restarting.';
