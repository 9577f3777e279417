/**
 * Thrown when a request names something unknown or impossible; the message says what is possible.
 */
export class LabRefused extends Error {
  /** Each kind has its own HTTP status. */
  readonly kind: 'wrong' | 'not-there' | 'too-late';

  constructor(message: string, kind: LabRefused['kind'] = 'wrong') {
    super(message);
    this.name = 'LabRefused';
    this.kind = kind;
  }
}
