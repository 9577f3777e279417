/** What would go on for ever ends when the daemon stops; what it was asked before is answered first. */
export class DaemonStopping extends Error {
  constructor() {
    super('the daemon is stopping: go on with another, or with this one when it is up again');
    this.name = 'DaemonStopping';
  }
}
