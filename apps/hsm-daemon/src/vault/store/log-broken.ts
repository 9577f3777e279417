/** The log is not what was written: nothing in it can be trusted. */
export class LogBroken extends Error {
  constructor(index: number, why: string) {
    super(`the audit log is broken at entry ${index}: ${why}`);
    this.name = 'LogBroken';
  }
}
