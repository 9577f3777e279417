// The laboratory's page: shows what the HTTP interface returns and sends what the user does. Its
// only state is the language and the selected token.
import { button } from './button.js';
import { showCards } from './cards.js';
import { drawGlass, drawPlot, sinceLastSet } from './draw.js';
import { addEvent } from './events.js';
import { inDigits, moment, span, speakNumbers, withUnit } from './numbers.js';
import { showSnapshots } from './snapshots.js';
import { addTraffic } from './traffic.js';
import { EVENTS, WORDS } from './words.js';

const SPEEDS = [0, 1, 60, 3_600, 86_400];
const LEAPS = [
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['month', 30 * 86_400],
  ['year', 365 * 86_400],
];
const CLIMATES = ['laboratory', 'office', 'pocket', 'garage', 'car', 'tropics'];
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'ok'];
const REFRESH_MS = 200;
const HISTORY_EVERY = 5;
const at = (id) => document.getElementById(id);
let language = (localStorage.getItem('ramz-language') ?? navigator.language).startsWith('fa') ? 1 : 0;
let token = '';
let view;
let turn = 0;
let lastTransfer = 0;

const word = (name) => WORDS[name]?.[language] ?? name;

const post = (body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function ask(path, options = {}) {
  const response = await fetch(path, options);
  const said = await response.json();
  if (!response.ok) throw new Error(said.error);
  return said;
}

/** Sends an action of the user and shows the error if it fails. */
async function act(path, body, options = post(body)) {
  try {
    at('trouble').hidden = true;
    const said = await ask(path, options);
    await refresh();
    return said;
  } catch (error) {
    trouble(error.message);
    return undefined;
  }
}

const ofToken = (what) => `/api/tokens/${encodeURIComponent(token)}/${what}`;

function trouble(text) {
  at('trouble').textContent = text;
  at('trouble').hidden = false;
}

function show() {
  showGlass();
  showClocks();
  showBattery();
  showBody();
}

/** Kinds of text that are read digit by digit. A message has letters and is shown as it is. */
const SAYS_DIGITS = ['code', 'test', 'counter'];

function showGlass() {
  const { glass, state } = view;
  drawGlass(at('glass'), glass, glass.read_as.trim() || word('dark'));
  const text = glass.text.trim();
  const read = SAYS_DIGITS.includes(glass.kind) ? glass.read_as.trim() : text;
  const misread = read !== text && glass.kind === 'code';
  const seen = read === '' ? word('dark') : `\u2066${inDigits(read)}\u2069`;
  at('eye').textContent = `${word('eye')}: ${seen} ${misread ? word('misread') : ''}`.trim();
  at('eye').classList.toggle('misread', misread);
  const state_said = word(state === 'dark' ? 'state-dark' : state);
  at('state').textContent = [state_said, glass.battery_text].filter(Boolean).join(' · ');
}

function showClocks() {
  const { clocks, clock } = view;
  at('lab-time').textContent = moment(clocks.lab_time);
  at('device-time').textContent = moment(clocks.device_time);
  at('ahead').textContent = span(clocks.ahead_s);
  at('rate').textContent = view.is_powered ? withUnit(clock.error_ppm, 2, 'ppm') : word('stands');
}

function showBattery() {
  const { battery } = view;
  at('supply').textContent = withUnit(battery.supply_V, 2, 'V');
  at('left').textContent = `${withUnit(battery.left_share * 100, 1, '%')} · ${battery.cell}`;
  at('load').textContent = withUnit(battery.load_uA, 2, 'µA');
  at('charge').style.width = `${Math.max(0, battery.left_share * 100)}%`;
  at('charge').classList.toggle('low', battery.left_share < 0.1);
  at('new-cell').disabled = !battery.is_replaceable;
}

function showBody() {
  const { body, temp_C } = view;
  at('serial').textContent = `${view.serial} · ${view.profile} · ${view.personality}`;
  at('temp').textContent = withUnit(temp_C, 1, '°C');
  if (document.activeElement !== at('slider')) at('slider').value = temp_C;
  for (const one of at('climates').children)
    one.setAttribute('aria-pressed', String(one.dataset.climate === view.climate));
  at('plug').textContent = word(body.is_usb_plugged ? 'unplug' : 'plug');
  at('crack').hidden = !body.is_broken;
  at('keys').hidden = !view.keypad;
  const marks = {
    opened: body.is_opened,
    broken: body.is_broken,
    stuck: body.is_button_stuck,
    leaks: body.leak_uA > 0,
    'cell-empty': !view.is_powered && view.battery.left_share === 0,
    'out-of-range': !view.is_within_operating_range,
  };
  const shown = Object.keys(marks).filter((mark) => marks[mark]);
  at('marks').textContent = shown.map(word).join(' · ');
}

async function refresh() {
  const bench = await ask('/api/lab');
  const names = bench.tokens.map(({ name }) => name);
  if (!names.includes(token)) choose(names[0] ?? '');
  const select = at('token');
  if ([...select.options].map(({ value }) => value).join() !== names.join())
    select.replaceChildren(...names.map((name) => new Option(name, name)));
  select.value = token;
  showCards(bench.tokens, token, word, (name) => {
    choose(name);
    void refresh().then(refreshPlots);
  });
  for (const one of at('speeds').children)
    one.setAttribute('aria-pressed', String(Number(one.dataset.speed) === bench.speed));
  if (token === '') return;
  view = await ask(`/api/tokens/${encodeURIComponent(token)}`);
  show();
}

/** Shows another token from now on. */
function choose(name) {
  token = name;
  lastTransfer = 0;
  at('traffic').replaceChildren();
}

async function refreshPlots() {
  if (token === '') return;
  const { samples } = await ask(ofToken('history'));
  const empty = word('no-samples');
  const { samples: since, isSet } = sinceLastSet(samples);
  drawPlot(at('drift'), since, { of: (sample) => sample.ahead_s, unit: 's' }, undefined, empty);
  at('drift-since').textContent = isSet
    ? `${word('clock-set-at')} ${moment(new Date(since[0].at_ms).toISOString())}`
    : '';
  const charge = { of: (sample) => (1 - sample.used_share) * 100, unit: '%' };
  drawPlot(at('life'), samples, charge, { of: (sample) => sample.supply_V, unit: 'V' }, empty);
  lastTransfer = addTraffic(await ask(`${ofToken('traffic')}?after=${lastTransfer}`), lastTransfer);
}

function speak() {
  document.documentElement.lang = language === 1 ? 'fa' : 'en';
  document.documentElement.dir = language === 1 ? 'rtl' : 'ltr';
  speakNumbers(language === 1);
  document.title = `Ramz: ${word('title')}`;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll('[data-title]')) {
    element.title = word(element.dataset.title);
    element.setAttribute('aria-label', word(element.dataset.title));
  }
  at('language').textContent = word('language');
  at('speeds').replaceChildren(
    ...SPEEDS.map((speed) =>
      button(speed === 0 ? word('frozen') : `×${inDigits(speed.toLocaleString('en'))}`, () => setSpeed(speed), {
        speed,
      }),
    ),
  );
  at('leaps').replaceChildren(
    ...LEAPS.map(([name, by_s]) => button(`${inDigits('+1')} ${word(name)}`, () => leap(by_s))),
  );
  at('climates').replaceChildren(
    ...CLIMATES.map((climate) => button(word(climate), () => act(ofToken('weather'), { climate }), { climate })),
  );
  at('keys').replaceChildren(
    ...KEYS.map((key) =>
      button(WORDS[`key-${key}`] === undefined ? inDigits(key) : word(`key-${key}`), () =>
        act(ofToken('key'), { key }),
      ),
    ),
  );
  if (view !== undefined) show();
}

function setSpeed(speed) {
  return act('/api/lab/time', speed === 0 ? { do: 'freeze' } : { do: 'run', speed });
}

/** A leap is one act: until its answer, the buttons of time wait. */
async function leap(by_s) {
  at('clocks').setAttribute('aria-busy', 'true');
  try {
    await act('/api/lab/time', { do: 'leap', by_s });
    await refreshPlots();
  } finally {
    at('clocks').removeAttribute('aria-busy');
  }
}

async function keep() {
  const said = await act(ofToken('snapshot'), {});
  if (said !== undefined) at('done').textContent = `${word('kept-as')} \u2066${said.snapshot}\u2069`;
  await refreshSnapshots();
}

/** Adds a token that continues from this one, or from a snapshot. */
async function goTwoWays(from = token) {
  const [origin] = from.split('@');
  const as = freeName(origin.slice(0, 28));
  const said = await act(`/api/tokens/${encodeURIComponent(from)}/fork`, { as });
  if (said !== undefined) at('done').textContent = `${word('now-there-is')} \u2066${said.name}\u2069`;
}

/** The first name with a number that no token has. */
function freeName(origin) {
  const names = [...at('token').options].map(({ value }) => value);
  for (let number = 2; ; number += 1) if (!names.includes(`${origin}-${number}`)) return `${origin}-${number}`;
}

async function refreshSnapshots() {
  const { snapshots } = await ask('/api/snapshots');
  showSnapshots(snapshots, word, (name, what) => void (what === 'fork' ? goTwoWays(name) : drop(name)));
}

async function drop(snapshot) {
  await act(`/api/snapshots/${encodeURIComponent(snapshot)}`, undefined, { method: 'DELETE' });
  await refreshSnapshots();
}

/** Holds the button down until it is released, by mouse, finger, space bar or Enter. */
function wireButton() {
  const press = at('press');
  let isDown = false;
  const put = (event, down) => {
    event.preventDefault();
    if (isDown === down) return;
    isDown = down;
    press.classList.toggle('down', down);
    void act(ofToken('button'), { is_down: down });
  };
  press.addEventListener('pointerdown', (event) => put(event, true));
  window.addEventListener('pointerup', (event) => isDown && put(event, false));
  window.addEventListener('pointercancel', (event) => isDown && put(event, false));
  window.addEventListener('blur', (event) => isDown && put(event, false));
  const isPress = (event) =>
    (event.key === ' ' && (event.target === document.body || event.target === press)) ||
    (event.key === 'Enter' && event.target === press);
  window.addEventListener('keydown', (event) => isPress(event) && put(event, true));
  window.addEventListener('keyup', (event) => isPress(event) && put(event, false));
}

function wire() {
  wireButton();
  at('token').addEventListener('change', (event) => {
    choose(event.target.value);
    void refresh().then(refreshPlots);
  });
  at('language').addEventListener('click', () => {
    language = 1 - language;
    localStorage.setItem('ramz-language', language === 1 ? 'fa' : 'en');
    speak();
    relist();
    at('done').textContent = '';
    void refresh().then(() => Promise.all([refreshPlots(), refreshSnapshots()]));
  });
  at('slider').addEventListener(
    'change',
    (event) => void act(ofToken('weather'), { temp_C: Number(event.target.value) }),
  );
  at('plug').addEventListener('click', () => void act(ofToken('plug'), { plugged: !view.body.is_usb_plugged }));
  at('snapshot').addEventListener('click', () => void keep());
  at('fork').addEventListener('click', () => void goTwoWays());
  for (const element of document.querySelectorAll('[data-harm]')) {
    element.addEventListener('click', () => void act(ofToken('harm'), JSON.parse(element.dataset.harm)));
  }
}

/** Events in the page's language: the list is written anew from the stream. */
let source;

function relist() {
  source?.close();
  at('events').replaceChildren();
  lastTransfer = 0;
  at('traffic').replaceChildren();
  source = new EventSource('/api/events/stream?after=0');
  for (const kind of Object.keys(EVENTS))
    source.addEventListener(kind, (event) => addEvent(JSON.parse(event.data), language));
}

async function goOn() {
  try {
    await refresh();
    if (turn % HISTORY_EVERY === 0) await Promise.all([refreshPlots(), refreshSnapshots()]);
    turn += 1;
    if (at('trouble').textContent === word('no-daemon')) at('trouble').hidden = true;
  } catch {
    trouble(word('no-daemon'));
  }
  setTimeout(() => void goOn(), REFRESH_MS);
}

speak();
wire();
relist();
void goOn();
