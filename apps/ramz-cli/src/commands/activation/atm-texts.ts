import type { Language } from '../../terminal/texts.ts';

/** What the ATM says. */
const EN = {
  card: 'Insert the card (its number): ',
  pin: 'First PIN (the bank checks it; this ATM does not): ',
  choose: 'Choose: ',
  noChoice: 'Choose one of the numbers.',
  mobile: 'Your mobile number, as the bank has it: ',
  refused: 'Refused. Check what you typed, or ask at a branch.',
  notOffered: 'Refused. The bank does not offer the SMS version.',
  back: 'back',
  ended: 'Take your card.',
  blocked: 'The second PIN is blocked. Only a branch lifts the block.',
  deactivated: 'The dynamic PIN is deactivated. The static second PIN is in use again, unless it is blocked.',
  sent: 'A text with the second code is on its way.',
  notSent: 'No gateway has taken the text. Choose "send the text again".',
  receipt: 'activation of one-time codes',
  code: 'code',
  until: 'good until',
  sealed: 'The code is sealed for the zone of this ATM.',
  advice: 'Type it in the app, with the code of the text. Show it to no one.',
  adviceAlone: 'Type it in the app. Show it to no one.',
} as const;

type AtmTexts = Readonly<Record<keyof typeof EN, string>>;

const FA: AtmTexts = {
  card: 'کارت را وارد کنید (شمارهٔ آن): ',
  pin: 'رمز اول (بانک آن را می‌سنجد، نه این خودپرداز): ',
  choose: 'انتخاب: ',
  noChoice: 'یکی از شماره‌ها را برگزینید.',
  mobile: 'شمارهٔ همراه ثبت‌شده نزد بانک: ',
  refused: 'انجام نشد. آنچه وارد کردید را بررسی کنید یا به شعبه مراجعه کنید.',
  notOffered: 'انجام نشد. بانک نسخهٔ پیامکی ندارد.',
  back: 'بازگشت',
  ended: 'کارت خود را بردارید.',
  blocked: 'رمز دوم مسدود شد. رفع انسداد فقط در شعبه.',
  deactivated: 'رمز پویا غیرفعال شد. رمز دوم ایستا، اگر مسدود نباشد، دوباره به کار می‌رود.',
  sent: 'پیامکی با کد دوم فرستاده شد.',
  notSent: 'پیامک فرستاده نشد. «ارسال دوبارهٔ پیامک» را برگزینید.',
  receipt: 'فعال‌سازی رمز یک‌بارمصرف',
  code: 'کد',
  until: 'اعتبار تا',
  sealed: 'کد برای ناحیهٔ این خودپرداز مهر شده است.',
  advice: 'آن را همراه با کد پیامک در برنامه وارد کنید و به کسی نشان ندهید.',
  adviceAlone: 'آن را در برنامه وارد کنید و به کسی نشان ندهید.',
};

export const ATM_TEXTS: Readonly<Record<Language, AtmTexts>> = { en: EN, fa: FA };
