/** Another daemon has this store open. */
export class StoreInUse extends Error {
  constructor(path: string) {
    super(`${path} is in use by another daemon: stop that one, or give this one another data directory`);
    this.name = 'StoreInUse';
  }
}
