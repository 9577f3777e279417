// The first six digits of cards (ISO/IEC 7812-1) by the bank that issues them, of the banks whose
// cards meet Ramz in practice. A card of another bank is read all the same.

interface BankName {
  readonly en: string;
  readonly fa: string;
}

const BANKS = {
  maskan: { en: 'Maskan', fa: 'مسکن' },
  sepah: { en: 'Sepah', fa: 'سپه' },
  melli: { en: 'Melli', fa: 'ملی' },
  mellat: { en: 'Mellat', fa: 'ملت' },
  saderat: { en: 'Saderat', fa: 'صادرات' },
  tejarat: { en: 'Tejarat', fa: 'تجارت' },
  keshavarzi: { en: 'Keshavarzi', fa: 'کشاورزی' },
  refah: { en: 'Refah', fa: 'رفاه' },
  parsian: { en: 'Parsian', fa: 'پارسیان' },
  pasargad: { en: 'Pasargad', fa: 'پاسارگاد' },
  saman: { en: 'Saman', fa: 'سامان' },
  shahr: { en: 'Shahr', fa: 'شهر' },
  eghtesadNovin: { en: 'Eghtesad Novin', fa: 'اقتصاد نوین' },
  postBank: { en: 'Post Bank', fa: 'پست بانک' },
} as const satisfies Readonly<Record<string, BankName>>;

const BINS: Readonly<Record<string, keyof typeof BANKS>> = {
  '628023': 'maskan',
  '589210': 'sepah',
  '505801': 'sepah',
  '627381': 'sepah',
  '603799': 'melli',
  '170019': 'melli',
  '610433': 'mellat',
  '603769': 'saderat',
  '627353': 'tejarat',
  '585983': 'tejarat',
  '603770': 'keshavarzi',
  '589463': 'refah',
  '622106': 'parsian',
  '627884': 'parsian',
  '502229': 'pasargad',
  '621986': 'saman',
  '502806': 'shahr',
  '504706': 'shahr',
  '627412': 'eghtesadNovin',
  '627760': 'postBank',
};

/** Returns the bank that issued a card; undefined where the table does not know it. */
export function bankOfCard(cardNumber: string): BankName | undefined {
  const bank = BINS[cardNumber.slice(0, 6)];
  return bank === undefined ? undefined : BANKS[bank];
}
