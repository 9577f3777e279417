/** Another daemon changed what this one decided on: nothing was written, and it decides again. */
export class RaceLost extends Error {
  constructor() {
    super('another daemon was faster');
    this.name = 'RaceLost';
  }
}
