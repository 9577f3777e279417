// What may cross the wall, in numbers. Each limit says what it protects.

/** Codes in one call: some 20 ms of the vault's time, which everybody behind it waits. */
export const ATTEMPTS_MAX = 1_000;
/**
 * Steps of tokens that the codes of one call are compared with: some 25 ms. A thousand codes of cards want some 3,000; of
 * customers with a thousand tokens they would want millions, and hold the vault for seconds.
 */
export const COMPARISONS_MAX = 32_768;
/** A call that compares each code with more is heavy: other customers have some tokens, and a token some steps. */
export const COMPARISONS_A_CODE_USUAL = 64;
/** All heavy calls of one batch: some 50 ms that the others wait. */
export const HEAVY_COMPARISONS_IN_BATCH_MAX = 65_536;
/** Codes of one stream that are under way: as many as a batch has. */
export const STREAM_AWAY_MAX = 1_000;
/** And so many bytes of them: a thousand usual ones are 150 KiB, and each may be as long as a message. */
export const STREAM_AWAY_BYTES_MAX = 1_048_576;
/** Codes the front sends at once: what 4,096 concurrent unary calls fill. A larger call goes alone. */
export const ATTEMPTS_IN_BATCH_MAX = 4_096;
/** Codes waiting in the front, whatever the vault's speed: usually `QueueLimit` says stop long before. */
export const ATTEMPTS_WAITING_MAX = 20_000;
/**
 * The share of a caller who has more waiting than others: so many codes of each are taken in turn, as many as one call may
 * bring. Commands that bring no codes are taken one of each caller in turn.
 */
export const CODES_IN_TURN: number = ATTEMPTS_MAX;
/**
 * Work of commands that bring no codes (`command-cost`), in milliseconds of one batch: while codes wait, and while none do. A
 * command that costs more goes alone.
 */
export const OTHER_WORK_BESIDE_CODES_MS = 10;
export const OTHER_WORK_ALONE_MS = 40;
/** After them codes have the vault for so many times as long as they took: others get a fifth of it at most. */
export const CODES_TO_OTHERS = 4;
/** Bytes of replies in one batch, at most: what crosses the wall at once is in the memory of both processes. */
export const REPLY_BYTES_IN_BATCH_MAX = 4_194_304;
/** Commands that bring no codes, of all callers: a bank has some dozens of people, offices and auditors. */
export const OTHERS_WAITING_MAX = 2_048;
/** Open calls whose answer may be large, of one caller and of all: an unread answer is kept until it is read. */
export const LARGE_ANSWERS_A_CALLER_MAX = 16;
export const LARGE_ANSWERS_MAX = 64;
/** Calls at once on one connection: each may hold a message of the largest size in memory. */
export const CALLS_A_CONNECTION_MAX = 1_000;
/** Connections whose handshake is under way, from one address and in all: a handshake takes milliseconds. */
export const HANDSHAKES_AN_ADDRESS_MAX = 128;
export const HANDSHAKES_MAX = 512;
/** Open connections, of one caller's certificate and in all: each costs some 100 KiB, and a client needs one. */
export const CONNECTIONS_A_CALLER_MAX = 256;
export const CONNECTIONS_MAX = 2_048;
/** Watchers of events at once: each asks the vault twice a second. A bank has a few, and theirs come back after a break. */
export const WATCHERS_MAX = 32;
export const WATCHERS_A_CALLER_MAX = 8;
/** Why a call was refused, or what an alarm is of: a caller's name and a terminal's, each as long as a name may be, and words. */
export const REASON_CHARS_MAX = 240;
/** Refused calls of one caller that go to the log at once: each role has under twenty that it may not make. */
export const NOTES_AT_ONCE_MAX = 32;
/** ISO 9564, format 4: one AES block. */
export const PIN_BLOCK_BYTES = 16;
/** Who gets the money, as ISO 20022 lets a name be. */
export const PAYEE_CHARS_MAX = 140;
/** Serial numbers as printed on a token's case. */
export const SERIAL_CHARS_MAX = 32;
/** Commands of one batch: as many calls as wait, of whatever kind. */
export const COMMANDS_IN_BATCH_MAX = 8_192;
/** One batch over the vault's socket: 4,096 codes have a megabyte. Replies have four. */
export const BATCH_BYTES_MAX = 8_388_608;
export const REPLIES_BYTES_MAX = 67_108_864;
/** A message from outside: 1,000 attempts of about 120 bytes fit in 256 KiB. */
export const MESSAGE_BYTES_MAX = 262_144;
/** Bytes of messages that have not come whole, of one caller and of all: 128 messages of the largest size, and 512. */
export const HALF_SENT_BYTES_A_CALLER_MAX = 33_554_432;
export const HALF_SENT_BYTES_MAX = 134_217_728;
/** Entries of the log in one answer: of verdicts some 300 KiB. */
export const ENTRIES_MAX = 1_000;
/** Bytes of them, read and sent: one entry has 64 KiB at most, and a gRPC client takes 4 MiB unless told otherwise. */
export const PAGE_BYTES_MAX = 1_048_576;
/** Events in one answer: each is looked up in the log by itself. */
export const EVENTS_MAX = 100;
/** Bytes of former checkpoints in one answer: of each some 300. */
export const CHECKPOINT_BYTES_MAX = 393_216;
/** A share of a 256-bit key in its envelope has under 150 bytes; nothing larger is one. */
export const ENVELOPE_BYTES_MAX = 512;
/** Proposals that wait for approval at once: more is a flood, not an operation. */
export const PROPOSALS_MAX = 32;
/** Of them from one person: nobody keeps the others from proposing. */
export const PROPOSALS_A_PERSON_MAX = 4;
/** Everybody known: more would make every quorum easy. */
export const PERSONS_MAX = 64;
