/** It has let what was sent lie unread. */
export class WatcherStalled extends Error {
  constructor() {
    super('nothing was read for a minute: watch again from the event behind the last one seen');
    this.name = 'WatcherStalled';
  }
}
