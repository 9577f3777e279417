/** Returns a button that does its work at a click. */
export function button(text, work, data = {}) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  Object.assign(made.dataset, data);
  made.addEventListener('click', work);
  return made;
}
