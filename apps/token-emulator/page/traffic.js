// What passes on a token's USB wire, raw.
import { moment } from './numbers.js';

const TRAFFIC_SHOWN = 100;

/**
 * Puts transfers on top of the list.
 * @returns the number of the last one
 */
export function addTraffic({ transfers }, last) {
  const list = document.getElementById('traffic');
  document.getElementById('no-traffic').hidden = list.children.length + transfers.length > 0;
  let newest = last;
  for (const { sequence, at_ms, kind, sent, received, status } of transfers) {
    newest = Math.max(newest, sequence);
    const line = document.createElement('li');
    line.classList.toggle('failed', status !== 'ok');
    const parts = [moment(new Date(at_ms).toISOString()), kind, sent, received === '' ? '' : `\u2192 ${received}`];
    line.replaceChildren(
      ...[...parts, status === 'ok' ? '' : status].map((text) =>
        Object.assign(document.createElement('span'), { textContent: text }),
      ),
    );
    list.prepend(line);
  }
  while (list.children.length > TRAFFIC_SHOWN) list.lastChild.remove();
  return newest;
}
