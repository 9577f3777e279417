// The snapshots that are kept: each can become a token again, or be deleted.
import { button } from './button.js';
import { moment } from './numbers.js';

/** @param choose called with a snapshot's name and what to do with it: `fork` or `delete` */
export function showSnapshots(snapshots, word, choose) {
  const list = document.getElementById('snapshots');
  list.hidden = snapshots.length === 0;
  list.replaceChildren(
    ...snapshots.map(({ name: snapshot, lab_time: at }) => {
      const line = document.createElement('li');
      const name = Object.assign(document.createElement('bdi'), { textContent: snapshot });
      const taken = Object.assign(document.createElement('span'), { textContent: moment(at) });
      line.append(
        name,
        taken,
        button(word('continue-from'), () => choose(snapshot, 'fork')),
      );
      line.append(button(word('delete'), () => choose(snapshot, 'delete')));
      return line;
    }),
  );
}
