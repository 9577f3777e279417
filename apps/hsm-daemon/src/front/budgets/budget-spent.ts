/** Too many wrong codes came from there: it waits, the cards do not. */
export class BudgetSpent extends Error {
  readonly waitSeconds: number;

  /** @param field of the request whose origin it is */
  constructor(field: string, waitSeconds: number) {
    super(
      `${field}: too many wrong codes came from there, try again in ${waitSeconds} s; nothing of this call was decided`,
    );
    this.name = 'BudgetSpent';
    this.waitSeconds = waitSeconds;
  }
}
