/** The token answered that it cannot, or answered something else. */
export class TokenRefused extends Error {
  readonly reason: 'unknown-command' | 'malformed' | 'seed-refused' | 'not-in-this-state' | 'no-answer' | 'bad-answer';

  constructor(reason: TokenRefused['reason']) {
    super(`the token refused: ${reason}`);
    this.name = 'TokenRefused';
    this.reason = reason;
  }
}
