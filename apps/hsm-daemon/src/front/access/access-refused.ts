/** The caller has no right to this call. */
export class AccessRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessRefused';
  }
}
