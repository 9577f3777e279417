/**
 * A statement that the current state does not admit. Nothing changed; the message says what to do.
 */
export class StatementRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StatementRefused';
  }
}
