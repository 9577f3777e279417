/** Too many wrong codes came from there: it waits, the cards do not. */
export class BudgetSpent extends Error {
  readonly wait_s: number;

  constructor(wait_s: number) {
    super(`too many wrong codes came from this terminal: try again in ${wait_s} s`);
    this.name = 'BudgetSpent';
    this.wait_s = wait_s;
  }
}
