export const LANGUAGES = ['en', 'fa'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Everything the dialogue says, in both languages. Short enough for 80 columns. */
const EN = {
  passphrase: 'passphrase: ',
  passphrase_again: 'once more: ',
  passphrase_new: 'a passphrase for this key, 12 characters or more: ',
  passphrase_short: 'that is too short',
  passphrases_differ: 'the two differ: again',
  vault_fingerprint: 'The fingerprint of the vault is',
  vault_compare: 'The machine has it in <data-dir>/vault/fingerprint. The same? [yes/no] ',
  roster_title: 'Who takes part. Each reads their own fingerprint FROM PAPER, aloud:',
  roster_own: 'your key file says',
  roster_yours: '  <- you',
  roster_leaves: ', leaves: will hold no share',
  roster_compare: 'All lines agree, and the plan is the one agreed on? [yes/no] ',
  plan: 'plan',
  ceremony: 'ceremony',
  write_title: 'Your share. Write it down now, in pencil, legibly; it is shown once.',
  write_done: 'Press Enter when you have written it down and compared it: ',
  type_new: 'Now type it back from what you wrote. Nothing takes effect until everybody has.',
  type_given: {
    word: 'Type your share from your envelope; the sheet in force begins with: ',
    group: 'Type your component from your envelope; the one in force begins with: ',
  },
  type_help: {
    word: 'four letters and Space for each word; Backspace goes back; ? shows the word',
    group: 'four digits (0-9, a-f) for each group; Backspace goes back; ? shows them',
  },
  shown: '(? hides)',
  ambiguous: 'several words begin like this: go on',
  no_such: { word: 'no such word: Space begins it anew', group: 'a digit is 0-9 or a-f: Space begins anew' },
  which_again: {
    word: 'Number (1 to #) of the word to type again, or Enter for all: ',
    group: 'Number (1 to #) of the group to type again, or Enter for all: ',
  },
  not_printed: 'The page was not written:',
  wrong_share: 'Something is wrong:',
  wrong_in: {
    word: 'a word is wrong: the checksum of the words does not hold',
    group: 'a digit is wrong: the check value does not hold',
  },
  try_again: 'Type it again.',
  no_longer_asked: 'This is not needed any more.',
  waiting: 'waiting for',
  any_of: 'any of',
  minutes_sign: 'Sign the minutes: do they tell what you saw? [yes/no] ',
  minutes_signed: 'You have signed the minutes.',
  minutes_not_signed: 'You have not signed the minutes.',
  minutes_signed_before: 'You have signed these minutes already.',
  more: '(Enter for more)',
  void_sheets: 'Nothing of it took effect. A sheet written in it opens nothing: destroy it.',
  restarted: 'The daemon was started anew: the ceremony is over.',
  no_page: 'No page was written: no share was handed out here.',
  finalise: 'Everything is ready. Compare the KCV aloud, then carry it out? [yes/no] ',
  kcv: 'check value (KCV) of the root key',
  nothing: 'There is no ceremony. Ask the operator to open one; this waits for it.',
  over_before: 'It is over; this waits for the next one (Ctrl-C ends).',
  sign_later: 'Took part, and not signed its minutes yet? ramz ceremony sign-minutes',
  joining: 'roster: everybody joins',
  approve: 'Approve exactly this? [yes/no] ',
  zeroise: 'This destroys every key for ever; nothing brings them back. Go on? [yes/no] ',
  yes: ['yes', 'y'],
  no: ['no', 'n'],
  phases: {
    roster: 'roster: everybody compares',
    commit: 'entropy: everybody commits',
    reveal: 'entropy: everybody reveals',
    give: 'shares in force: given',
    prove: 'new shares: written down and proved',
    'roll-call': 'roll-call: shares proved',
    finalise: 'ready to be carried out',
    finalised: 'carried out',
    aborted: 'broken off',
  },
} as const;

type Texts = {
  readonly [K in keyof typeof EN]: (typeof EN)[K] extends string
    ? string
    : (typeof EN)[K] extends readonly string[]
      ? readonly string[]
      : Readonly<Record<keyof (typeof EN)[K], string>>;
};

const FA: Texts = {
  passphrase: 'گذرواژه: ',
  passphrase_again: 'یک بار دیگر: ',
  passphrase_new: 'گذرواژه‌ای برای این کلید، دست‌کم ۱۲ نویسه: ',
  passphrase_short: 'کوتاه است',
  passphrases_differ: 'یکسان نیستند؛ دوباره',
  vault_fingerprint: 'اثر انگشت خزانه:',
  vault_compare: 'روی دستگاه: <data-dir>/vault/fingerprint. یکی است؟ [بله/نه] ',
  roster_title: 'شرکت‌کنندگان. هر کس اثر انگشت خود را از روی کاغذ بلند بخواند:',
  roster_own: 'در پروندهٔ کلید شما',
  roster_yours: '  <- شما',
  roster_leaves: '، می‌رود: سهمی نخواهد داشت',
  roster_compare: 'همهٔ سطرها یکی است و برنامه همان است که قرار بود؟ [بله/نه] ',
  plan: 'برنامه',
  ceremony: 'مراسم',
  write_title: 'سهم شما. همین حالا با مداد و خوانا بنویسید؛ فقط یک بار نشان داده می‌شود.',
  write_done: 'وقتی نوشتید و سنجیدید، کلید Enter را بزنید: ',
  type_new: 'اکنون از روی نوشتهٔ خود بازنویسی کنید. تا همه چنین نکنند، چیزی عملی نمی‌شود.',
  type_given: {
    word: 'سهم خود را از روی پاکت بنویسید؛ برگ معتبر چنین آغاز می‌شود: ',
    group: 'جزء خود را از روی پاکت بنویسید؛ برگ معتبر چنین آغاز می‌شود: ',
  },
  type_help: {
    word: 'چهار حرف هر واژه و فاصله؛ Backspace برمی‌گردد؛ ? نوشته را نشان می‌دهد',
    group: 'چهار رقم ۰ تا ۹ و a تا f برای هر گروه؛ Backspace برمی‌گردد؛ ? نشان می‌دهد',
  },
  shown: '(? پنهان می‌کند)',
  ambiguous: 'چند واژه چنین آغاز می‌شود، ادامه دهید',
  no_such: { word: 'چنین واژه‌ای نیست؛ فاصله از نو می‌آغازد', group: 'رقم ۰ تا ۹ یا a تا f؛ فاصله از نو می‌آغازد' },
  which_again: {
    word: 'شمارهٔ واژه (۱ تا #) که دوباره می‌نویسید، یا Enter برای همه: ',
    group: 'شمارهٔ گروه (۱ تا #) که دوباره می‌نویسید، یا Enter برای همه: ',
  },
  not_printed: 'برگ نوشته نشد:',
  wrong_share: 'چیزی نادرست است:',
  wrong_in: {
    word: 'واژه‌ای نادرست است: جمع وارسی واژه‌ها درست نیست',
    group: 'رقمی نادرست است: مقدار وارسی درست نیست',
  },
  try_again: 'دوباره بنویسید.',
  no_longer_asked: 'دیگر لازم نیست.',
  waiting: 'در انتظارِ',
  any_of: 'یکی از',
  minutes_sign: 'صورت‌جلسه را امضا می‌کنید؟ یعنی همان است که دیدید. [بله/نه] ',
  minutes_signed: 'صورت‌جلسه را امضا کردید.',
  minutes_not_signed: 'صورت‌جلسه را امضا نکردید.',
  minutes_signed_before: 'پیش از این امضا کرده‌اید.',
  more: '(Enter برای ادامه)',
  void_sheets: 'هیچ چیز عملی نشد. برگی که در آن نوشته شد چیزی نمی‌گشاید: نابودش کنید.',
  restarted: 'دیمون از نو آغاز شد: مراسم پایان یافت.',
  no_page: 'برگی نوشته نشد: اینجا سهمی داده نشد.',
  finalise: 'همه چیز آماده است. KCV را بلند بسنجید؛ عملی شود؟ [بله/نه] ',
  kcv: 'مقدار وارسی (KCV) کلید ریشه',
  nothing: 'مراسمی باز نیست. از متصدی بخواهید باز کند؛ این برنامه منتظر می‌ماند.',
  over_before: 'آن یکی پایان یافته؛ این برنامه منتظر بعدی است (Ctrl-C پایان).',
  sign_later: 'اگر بودید و صورت‌جلسه را امضا نکرده‌اید: ramz ceremony sign-minutes',
  joining: 'فهرست: همه می‌پیوندند',
  approve: 'درست همین را تأیید می‌کنید؟ [بله/نه] ',
  zeroise: 'همهٔ کلیدها برای همیشه نابود می‌شود و بازگشتی نیست. ادامه؟ [بله/نه] ',
  yes: ['بله', 'yes', 'y'],
  no: ['نه', 'خیر', 'no', 'n'],
  phases: {
    roster: 'فهرست: همه می‌سنجند',
    commit: 'آنتروپی: همه متعهد می‌شوند',
    reveal: 'آنتروپی: همه آشکار می‌کنند',
    give: 'سهم‌های معتبر: داده شد',
    prove: 'سهم‌های تازه: نوشته و اثبات شد',
    'roll-call': 'حضور و غیاب سهم‌ها',
    finalise: 'آمادهٔ عملی شدن',
    finalised: 'عملی شد',
    aborted: 'ناتمام ماند',
  },
};

export function textsIn(language: Language): Texts {
  return language === 'fa' ? FA : EN;
}
export type { Texts };
