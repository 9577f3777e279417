/** A step of the tour that did not do what it promises. */
export class StepFailed extends Error {
  constructor(expected: string, happened: string) {
    super(`expected ${expected}, but ${happened}`);
    this.name = 'StepFailed';
  }
}

export function expectStep(expected: string, happened: string): void {
  if (expected !== happened) throw new StepFailed(expected, happened);
}
