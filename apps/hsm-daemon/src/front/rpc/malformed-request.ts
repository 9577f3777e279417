/** A field of a request is not what the contract says. Never repeats the field's value. */
export class MalformedRequest extends Error {
  readonly field: string;
  readonly description: string;

  constructor(field: string, description: string) {
    super(`${field}: ${description}`);
    this.name = 'MalformedRequest';
    this.field = field;
    this.description = description;
  }
}
