// The list of what happened, the newest first.
import { detailInPersian } from './details.js';
import { inDigits, moment } from './numbers.js';
import { EVENTS } from './words.js';

const EVENTS_SHOWN = 200;

/** @param language 0 for English, 1 for Persian */
export function addEvent({ sequence, at: at_ms, token: of, kind, detail }, language) {
  const line = document.createElement('li');
  line.dataset.kind = kind;
  const parts = [
    [inDigits(String(sequence)), 'number'],
    [moment(new Date(at_ms).toISOString()), ''],
    [of, 'of'],
    [EVENTS[kind]?.[language] ?? kind, ''],
    [language === 1 ? detailInPersian(detail) : detail, 'detail'],
  ];
  line.replaceChildren(
    ...parts.map(([text, className]) =>
      Object.assign(document.createElement('span'), { textContent: text, className }),
    ),
  );
  const list = document.getElementById('events');
  list.prepend(line);
  while (list.children.length > EVENTS_SHOWN) list.lastChild.remove();
}
