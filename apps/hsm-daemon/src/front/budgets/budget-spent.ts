/** Too many wrong codes came from there: it waits, the cards do not. */
export class BudgetSpent extends Error {
  readonly wait_s: number;

  /** @param field of the request whose origin it is */
  constructor(field: string, wait_s: number) {
    super(`${field}: too many wrong codes came from there, try again in ${wait_s} s; nothing of this call was decided`);
    this.name = 'BudgetSpent';
    this.wait_s = wait_s;
  }
}
