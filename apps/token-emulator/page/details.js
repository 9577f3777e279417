// What an event says besides its kind, in Persian. The laboratory says it in English.
import { inDigits } from './numbers.js';
import { WORDS } from './words.js';

const word = (name) => WORDS[name === 'dark' ? 'state-dark' : name]?.[1] ?? name;

/** Texts of the token, and how they read in Persian; parts in brackets are passed on. */
const PERSIAN = [
  [/^by its date$/, () => 'بر پایهٔ تاریخ'],
  [/^heat beyond its storage range$/, () => 'گرمای بیش از بازهٔ نگهداری'],
  [/^a fall$/, () => 'افتادن'],
  [/^a wash$/, () => 'شست‌وشو'],
  [/^hands$/, () => 'دست کسی'],
  [/^a write took the supply below the brown-out$/, () => 'نوشتن در حافظه ولتاژ را بیش از حد پایین آورد'],
  [/^it is dead$/, () => 'از کار افتاد'],
  [/^it works, and leaks$/, () => 'کار می‌کند و نشت جریان دارد'],
  [/^it leaks$/, () => 'نشت جریان دارد'],
  [/^the cell is empty$/, () => 'باتری خالی است'],
  [/^the cell has no contact$/, () => 'اتصال باتری قطع شد'],
  [/^none$/, () => 'بی‌اثر بر رازها'],
  [/^evident$/, () => 'نشان آن می‌ماند'],
  [/^zeroise$/, () => 'رازها پاک می‌شود'],
  [/^the secrets are wiped$/, () => 'رازها پاک شد'],
  [/^no PIN tries are left$/, () => 'فرصتی برای PIN نمانده است'],
  [/^what lay in memory could not be read any more$/, () => 'آنچه در حافظه بود دیگر خوانده نمی‌شد'],
  [/^of a seed: the token is blank$/, () => 'نوشتن بذر: توکن خام است'],
  [/^a digit$/, () => 'یک رقم'],
  [/^ok$/, () => word('key-ok')],
  [/^clear$/, () => word('key-clear')],
  [/^([a-g]) of digit (\d+)$/, (segment, place) => `قطعهٔ ${latin(segment)} از رقم ${inDigits(place)}`],
  [/^(\d+) ms$/, (ms) => `${inDigits(ms)} میلی‌ثانیه`],
  [/^([\d.]+) V$/, (volts) => `${inDigits(volts)} ولت`],
  [/^([\d.]+) m$/, (meters) => `${inDigits(meters)} متر`],
  [/^at byte (\d+): the counter is (\d+)$/, (at, count) => `در بایت ${inDigits(at)}: شمارنده ${inDigits(count)} است`],
  [
    /^after (\d+) writes: (\d+) stays in memory$/,
    (writes, count) => `پس از ${inDigits(writes)} بار نوشتن: ${inDigits(count)} در حافظه می‌ماند`,
  ],
  [/^(.+): what was there stays$/, (what) => `${memory(what)}: محتوای پیشین می‌ماند`],
  [/^(\d{4}-\d\d-\d\dT[\d:.]+Z)$/, (iso) => latin(inDigits(iso.slice(0, 19).replace('T', ' ')))],
];

/** What a personality keeps, as its writes name it. */
const MEMORY = [
  [/^slot (\w+)$/, (slot) => `جایگاه ${latin(inDigits(slot))}`],
  [/^the counters of slot (\d)$/, (slot) => `شمارنده‌های جایگاه ${inDigits(slot)}`],
  [/^both slots$/, () => 'هر دو جایگاه'],
  [/^the user PIN$/, () => 'PIN کاربر'],
  [/^the admin PIN$/, () => 'PIN مدیر'],
  [/^the configuration$/, () => 'پیکربندی'],
  [/^the factory settings$/, () => 'تنظیمات کارخانه'],
  [/^the time$/, () => 'زمان'],
];

export function detailInPersian(detail) {
  const state = WORDS[detail === 'dark' ? 'state-dark' : detail];
  if (state !== undefined) return state[1];
  return found(PERSIAN, detail) ?? found(MEMORY, detail) ?? latin(inDigits(detail));
}

function memory(what) {
  return found(MEMORY, what) ?? latin(what);
}

function found(texts, detail) {
  for (const [pattern, say] of texts) {
    const parts = pattern.exec(detail);
    if (parts !== null) return say(...parts.slice(1));
  }
  return undefined;
}

/** From left to right, within a line from right to left. */
function latin(text) {
  return `\u2066${text}\u2069`;
}
