// The menus of a Bank Maskan ATM, as its page has them (M-22 to M-34, M-46).
import type { Language } from '../../terminal/texts.ts';

/** What the ATM asks the daemon for. */
export type AtmAct = 'activate-app' | 'activate-sms' | 'repeat-text' | 'block' | 'deactivate';

export interface MenuItem {
  /** Name in `--choose`. */
  readonly key: string;
  readonly text: Readonly<Record<Language, string>>;
  /** Undefined for a menu. */
  readonly act?: AtmAct;
  readonly items?: readonly MenuItem[];
}

const DYNAMIC_PIN: readonly MenuItem[] = [
  {
    key: 'app',
    text: { en: 'activate dynamic PIN, application version', fa: 'فعال‌سازی رمز پویا، نسخهٔ اپلیکیشن' },
    act: 'activate-app',
  },
  {
    key: 'sms',
    text: { en: 'activate dynamic PIN, SMS version', fa: 'فعال‌سازی رمز پویا، نسخهٔ پیامکی' },
    act: 'activate-sms',
  },
  { key: 'text', text: { en: 'send the text again', fa: 'ارسال دوبارهٔ پیامک' }, act: 'repeat-text' },
];

const PIN_SERVICES: readonly MenuItem[] = [
  { key: 'dynamic-pin', text: { en: 'dynamic PIN services', fa: 'خدمات رمز پویا' }, items: DYNAMIC_PIN },
  { key: 'block', text: { en: 'block second PIN', fa: 'مسدودی رمز دوم' }, act: 'block' },
];

const CHANGE_PIN: readonly MenuItem[] = [
  { key: 'deactivate', text: { en: 'deactivate dynamic PIN', fa: 'غیرفعال‌سازی رمز پویا' }, act: 'deactivate' },
];

/** M-31: deactivation is in another menu than activation. */
export const MENU: readonly MenuItem[] = [
  { key: 'pin-services', text: { en: 'PIN services', fa: 'خدمات رمز' }, items: PIN_SERVICES },
  { key: 'change-pin', text: { en: 'change PIN', fa: 'تغییر رمز' }, items: CHANGE_PIN },
];

/** Returns the paths of all acts, such as `pin-services/dynamic-pin/app`. */
export function pathsOf(items: readonly MenuItem[] = MENU, before = ''): string[] {
  return items.flatMap(({ key, items: inner }) =>
    inner === undefined ? [`${before}${key}`] : pathsOf(inner, `${before}${key}/`),
  );
}

/** @throws Error that names the paths there are */
export function actAt(path: string): AtmAct {
  let items: readonly MenuItem[] = MENU;
  let act: AtmAct | undefined;
  for (const key of path.split('/')) {
    const item = items.find((one) => one.key === key);
    items = item?.items ?? [];
    act = item?.act;
  }
  if (act === undefined) throw new Error(`--choose must be one of: ${pathsOf().join(', ')}`);
  return act;
}
