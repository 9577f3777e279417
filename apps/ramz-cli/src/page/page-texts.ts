import type { Language } from '../terminal/texts.ts';

interface PageTexts {
  readonly title: string;
  readonly test: string;
  readonly holder: string;
  readonly ceremony: string;
  readonly kind: string;
  readonly kcv: string;
  readonly envelope: string;
  readonly date: string;
  readonly signature: string;
  readonly fold: string;
  readonly warning: string;
}

// The page's Persian font has no full stop and no colon.
export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  en: {
    title: 'One share of the root key',
    test: 'TEST REALM: opens nothing in production',
    holder: 'Custodian',
    ceremony: 'Ceremony',
    kind: 'Kind',
    kcv: 'KCV of the root key',
    envelope: 'Envelope number',
    date: 'Date, time',
    signature: 'Signature',
    fold: 'Fold here, the share inside. Seal in a tamper-evident envelope; write its number above and in the log book.',
    warning: 'Anyone who reads this page holds this share. Only its custodian opens it, for a ceremony.',
  },
  fa: {
    title: 'یک سهم از کلید ریشه',
    test: 'قلمرو آزمایش، در عملیات چیزی را باز نمی‌کند',
    holder: 'متولی کلید',
    ceremony: 'شناسهٔ مراسم',
    kind: 'نوع',
    kcv: 'مقدار وارسی کلید ریشه',
    envelope: 'شمارهٔ پاکت',
    date: 'تاریخ و ساعت',
    signature: 'امضا',
    fold: 'از اینجا تا کنید، سهم درون، در پاکت امنیتی بگذارید و ببندید، شمارهٔ پاکت را بالا و در دفتر مراسم بنویسید',
    warning: 'هر کس این برگ را بخواند این سهم را دارد، فقط متولی آن، برای یک مراسم، آن را باز می‌کند',
  },
};
