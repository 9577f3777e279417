// All tokens of the bench at a glance.
import { inDigits, span } from './numbers.js';

/** So many tokens have a card of their own; the list above has all. */
const CARDS_MAX = 60;

/** All tokens at a glance: what each shows, its state, its charge and its clock. */
export function showCards(tokens, token, word, choose) {
  document.getElementById('overview').hidden = tokens.length < 2;
  const cards = document.getElementById('cards');
  while (cards.children.length > Math.min(tokens.length, CARDS_MAX)) cards.lastChild.remove();
  tokens.slice(0, CARDS_MAX).forEach((one, i) => {
    const card = cards.children[i] ?? cards.appendChild(newCard(choose));
    card.dataset.token = one.name;
    card.setAttribute('aria-pressed', String(one.name === token));
    const [name, text, state, ahead] = card.children;
    name.textContent = one.name;
    text.textContent = one.text.trim() === '' ? '\u2014' : one.text.trim();
    state.textContent = word(one.state === 'dark' ? 'state-dark' : one.state);
    ahead.textContent = span(one.clocks.ahead_s);
    card.style.setProperty('--left', `${Math.max(0, one.left_share * 100)}%`);
    card.classList.toggle('off', !one.is_powered);
  });
  document.getElementById('more-tokens').textContent =
    tokens.length > CARDS_MAX ? `${inDigits(String(tokens.length - CARDS_MAX))} ${word('more-tokens')}` : '';
}

function newCard(choose) {
  const card = document.createElement('button');
  card.type = 'button';
  for (const kind of ['name', 'text', 'state', 'ahead'])
    card.append(Object.assign(document.createElement('span'), { className: kind }));
  card.addEventListener('click', () => choose(card.dataset.token));
  return card;
}
