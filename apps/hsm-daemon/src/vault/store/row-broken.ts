/** How a subject stands cannot be read: somebody else wrote there. The others can still be decided on. */
export class RowBroken extends Error {
  constructor(place: string, why: string) {
    super(`the row ${place} of the store cannot be read: ${why}; put it back from a backup`);
    this.name = 'RowBroken';
  }
}
