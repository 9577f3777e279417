import type { Language } from '../../terminal/texts.ts';

/** What tellers read. The keys are the contract's words, without their prefixes. */
const EN = {
  done: 'done',
  repeated: 'done before, under the same request id',
  refused: 'refused',
  entry: 'audit entry',
  voided: (subjects: number, enrolments: number) => `void tokens: ${enrolments} (cards and customers: ${subjects})`,
  comma: ', ',
  missing: 'not present',
  unknown: 'nothing is known of it',
  reference: 'reference of the core',
  number: 'mobile number',
  registered: 'registered',
  notRegistered: 'not registered',
  staticPin: 'static second PIN',
  on: 'in use',
  off: 'not in use',
  closed: 'closed by the core',
  codeOut: 'a code is out until',
  permission: 'permission',
  branch: 'branch',
  token: 'token',
  lost: 'lost',
  bank: 'bank',
  outcomes: {
    CLOSED: 'the core closed this card or customer',
    NOT_BLOCKED: 'there is no block to lift',
    NO_PERMISSION: 'there is no permission, or none for this account (S-20)',
    NO_SUCH_TOKEN: 'no token has this serial number',
    NOT_LOST: 'the token was not reported lost',
    TOO_MANY_SUBJECTS: 'too many cards have tokens under the former number: the data of the core is wrong',
    TOO_MANY_PERMISSIONS: 'the customer has the most permissions already',
    JOINT_ACCOUNT: 'the account is joint: no codes for it (S-17)',
    HOLDERS_MISSING: 'not all who must be present are (S-19): name them with --present',
    WRONG_BRANCH: 'only the branch that opened the account may do this (S-18)',
    NO_HOLDERS: 'name the people who must be present',
    REFUSED: 'refused',
    NO_NUMBER: 'no mobile number is registered (M-26)',
    NUMBER_DIFFERS: 'the number is not the registered one (M-27)',
    BLOCKED: 'the second PIN is blocked (M-34)',
    METHOD_NOT_OFFERED: 'the bank does not offer this method',
    NO_ACTIVATION: 'no code is out: allocate one',
    ACTIVATION_PENDING: 'a code is out that was not used: reissue puts another in its place',
    TOO_MANY_ACTIVATIONS: 'too many codes in 24 hours',
    NO_REPEATS_LEFT: 'the text was sent as often as the bank allows',
  },
  statuses: {
    UNSPECIFIED: 'never had a token',
    ACTIVE: 'active',
    LOCKED: 'locked, needs an activation (card: ATM, customer: branch)',
    DEACTIVATED: 'deactivated, needs an activation (card: ATM, customer: branch)',
    BLOCKED: 'blocked, a branch can lift it',
    VOID: 'void, needs an activation (card: ATM, customer: branch)',
  },
  purposes: {
    FIRST_PIN: 'first PIN',
    SECOND_PIN: 'second PIN',
    CHANNEL_LOGIN: 'channel log-in',
    TRANSACTION_SIGNATURE: 'transaction signature',
  },
  people: { NATURAL: 'natural person', LEGAL: 'legal person' },
} as const;

type Texts = {
  readonly [K in keyof typeof EN]: (typeof EN)[K] extends string
    ? string
    : (typeof EN)[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Readonly<Record<keyof (typeof EN)[K], string>>;
};

const FA: Texts = {
  done: 'انجام شد',
  repeated: 'پیش‌تر با همین شناسهٔ درخواست انجام شده بود',
  refused: 'رد شد',
  entry: 'سطر گزارش',
  voided: (subjects, enrolments) => `توکن‌های باطل‌شده: ${enrolments} (کارت و مشتری: ${subjects})`,
  comma: '، ',
  missing: 'حاضر نیست',
  unknown: 'چیزی از آن ثبت نشده است',
  reference: 'نشانهٔ سامانهٔ مرکزی',
  number: 'شمارهٔ همراه',
  registered: 'ثبت شده',
  notRegistered: 'ثبت نشده',
  staticPin: 'رمز دوم ایستا',
  on: 'به کار می‌رود',
  off: 'به کار نمی‌رود',
  closed: 'سامانهٔ مرکزی آن را بسته است',
  codeOut: 'کد صادرشده اعتبار دارد تا',
  permission: 'مجوز',
  branch: 'شعبه',
  token: 'توکن',
  lost: 'گم‌شده',
  bank: 'بانک',
  outcomes: {
    CLOSED: 'سامانهٔ مرکزی این کارت یا مشتری را بسته است',
    NOT_BLOCKED: 'انسدادی نیست که رفع شود',
    NO_PERMISSION: 'برای این حساب مجوزی نیست',
    NO_SUCH_TOKEN: 'توکنی با این شمارهٔ سریال نیست',
    NOT_LOST: 'این توکن گم‌شده اعلام نشده بود',
    TOO_MANY_SUBJECTS: 'کارت‌های زیادی با شمارهٔ پیشین توکن دارند: دادهٔ سامانهٔ مرکزی نادرست است',
    TOO_MANY_PERMISSIONS: 'مشتری بیش از این مجوز نمی‌گیرد',
    JOINT_ACCOUNT: 'حساب مشترک است: برای آن رمز داده نمی‌شود (S-17)',
    HOLDERS_MISSING: 'همهٔ کسانی که باید حاضر باشند حاضر نیستند (S-19)',
    WRONG_BRANCH: 'فقط شعبهٔ افتتاح‌کنندهٔ حساب (S-18)',
    NO_HOLDERS: 'کسانی را که باید حاضر باشند نام ببرید',
    REFUSED: 'رد شد',
    NO_NUMBER: 'شمارهٔ همراهی ثبت نشده است (M-26)',
    NUMBER_DIFFERS: 'این شمارهٔ ثبت‌شده نیست (M-27)',
    BLOCKED: 'رمز دوم مسدود است (M-34)',
    METHOD_NOT_OFFERED: 'بانک این روش را ندارد',
    NO_ACTIVATION: 'کدی صادر نشده است: کد تخصیص دهید',
    ACTIVATION_PENDING: 'کدی صادر شده و به کار نرفته است: با reissue جای آن را می‌گیرد',
    TOO_MANY_ACTIVATIONS: 'در ۲۴ ساعت بیش از اندازه کد داده شد',
    NO_REPEATS_LEFT: 'پیامک بیش از این فرستاده نمی‌شود',
  },
  statuses: {
    UNSPECIFIED: 'هرگز توکن نداشته است',
    ACTIVE: 'فعال',
    LOCKED: 'قفل، فعال‌سازی دوباره (کارت: خودپرداز، مشتری: شعبه)',
    DEACTIVATED: 'غیرفعال، فعال‌سازی دوباره (کارت: خودپرداز، مشتری: شعبه)',
    BLOCKED: 'مسدود: مراجعه به شعبه',
    VOID: 'باطل، فعال‌سازی دوباره (کارت: خودپرداز، مشتری: شعبه)',
  },
  purposes: {
    FIRST_PIN: 'رمز اول',
    SECOND_PIN: 'رمز دوم',
    CHANNEL_LOGIN: 'ورود به درگاه',
    TRANSACTION_SIGNATURE: 'امضای تراکنش',
  },
  people: { NATURAL: 'شخص حقیقی', LEGAL: 'شخص حقوقی' },
};

export const CARD_TEXTS: Readonly<Record<Language, Texts>> = { en: EN, fa: FA };
export type CardTexts = Texts;

/** Returns a moment for people, by the bank's time: of the Persian calendar in Persian. */
export function momentIn(language: Language, atMs: number): string {
  const locale = language === 'fa' ? 'fa-IR-u-ca-persian-nu-latn' : 'en-CA';
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tehran' } as const;
  const where = language === 'fa' ? 'به وقت تهران' : 'Tehran time';
  return `${new Intl.DateTimeFormat(locale, style).format(atMs)} (${where})`;
}

/** Returns a day for people: of the Persian calendar in Persian. Logs keep UTC. */
export function dayIn(language: Language, atMs: number): string {
  const locale = language === 'fa' ? 'fa-IR-u-ca-persian-nu-latn' : 'en-CA';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'Asia/Tehran' }).format(atMs);
}
