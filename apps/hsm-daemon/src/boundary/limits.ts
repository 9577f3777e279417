// Limits on what may cross the wall. Each comment says what its limit protects.

/** Codes in one call: about 20 ms of the vault's time, which every call behind it waits. */
export const ATTEMPTS_MAX = 1_000;
/**
 * Token steps that the codes of one call are compared with: about 25 ms. A thousand codes of cards
 * need about 3,000. Codes of customers with a thousand tokens would need millions and block the
 * vault for seconds.
 */
export const COMPARISONS_MAX = 32_768;
/**
 * A call with more comparisons per code is heavy. Usual customers have few tokens, and a token has
 * few steps.
 */
export const COMPARISONS_A_CODE_USUAL = 64;
/** Comparisons of all heavy calls in one batch: about 50 ms that the other calls wait. */
export const HEAVY_COMPARISONS_IN_BATCH_MAX = 65_536;
/** Codes of one stream in flight: as many as a batch may contain. */
export const STREAM_AWAY_MAX = 1_000;
/**
 * Bytes of these codes: a thousand usual ones are 150 KiB, but each may be as long as a message.
 */
export const STREAM_AWAY_BYTES_MAX = 1_048_576;
/**
 * Codes that the front sends at once: what 4,096 concurrent unary calls fill. A larger call is sent
 * alone.
 */
export const ATTEMPTS_IN_BATCH_MAX = 4_096;
/**
 * Codes waiting in the front, at any speed of the vault. `QueueLimit` usually rejects long before.
 */
export const ATTEMPTS_WAITING_MAX = 20_000;
/**
 * Codes taken per turn from a caller that has more waiting than others: as many as one call may
 * contain. Of commands without codes, one per caller is taken in turn.
 */
export const CODES_IN_TURN: number = ATTEMPTS_MAX;
/**
 * Work of commands without codes (`command-cost`) in one batch, in milliseconds: while codes wait,
 * and while none do. A command that costs more is sent alone.
 */
export const OTHER_WORK_BESIDE_CODES_MS = 10;
export const OTHER_WORK_ALONE_MS = 40;
/**
 * Afterwards codes have the vault to themselves for this many times as long, so that other commands
 * get a fifth of its time at most.
 */
export const CODES_TO_OTHERS = 4;
/**
 * Bytes of replies in one batch. Everything that crosses the wall at once is in the memory of both
 * processes.
 */
export const REPLY_BYTES_IN_BATCH_MAX = 4_194_304;
/**
 * Waiting commands without codes, of all callers. A bank has some dozens of people, offices and
 * auditors.
 */
export const OTHERS_WAITING_MAX = 2_048;
/**
 * Open calls with a possibly large answer, per caller and in total: an unread answer stays in
 * memory.
 */
export const LARGE_ANSWERS_A_CALLER_MAX = 16;
export const LARGE_ANSWERS_MAX = 64;
/** Concurrent calls on one connection: each may hold a message of the largest size in memory. */
export const CALLS_A_CONNECTION_MAX = 1_000;
/** Handshakes in progress, per address and in total: each takes milliseconds. */
export const HANDSHAKES_AN_ADDRESS_MAX = 128;
export const HANDSHAKES_MAX = 512;
/**
 * Open connections, per caller certificate and in total: each costs about 100 KiB, and a client
 * needs one.
 */
export const CONNECTIONS_A_CALLER_MAX = 256;
export const CONNECTIONS_MAX = 2_048;
/**
 * Concurrent watchers of events: each queries the vault twice a second. A bank has a few, and they
 * reconnect after a break.
 */
export const WATCHERS_MAX = 32;
export const WATCHERS_A_CALLER_MAX = 8;
/**
 * The reason of a refusal or an alarm: a caller's name and a terminal's, each of maximal length,
 * and some words.
 */
export const REASON_CHARS_MAX = 240;
/**
 * Refused calls of one caller that are logged at once: each role has fewer than forty calls that
 * it may not make.
 */
export const NOTES_AT_ONCE_MAX = 40;
/** ISO 9564, format 4: one AES block. */
export const PIN_BLOCK_BYTES = 16;
/** The payee's name, as long as ISO 20022 allows. */
export const PAYEE_CHARS_MAX = 140;
/** Serial numbers as printed on a token's case. */
export const SERIAL_CHARS_MAX = 32;
/** Commands in one batch: as many calls as wait, of any kind. */
export const COMMANDS_IN_BATCH_MAX = 8_192;
/**
 * Bytes of one batch over the vault's socket: 4,096 codes are a megabyte, and replies are up to
 * four.
 */
export const BATCH_BYTES_MAX = 8_388_608;
export const REPLIES_BYTES_MAX = 67_108_864;
/** Bytes of a message from a caller: 1,000 attempts of about 120 bytes fit into 256 KiB. */
export const MESSAGE_BYTES_MAX = 262_144;
/**
 * Bytes of incomplete messages, per caller and in total: 128 and 512 messages of the largest size.
 */
export const HALF_SENT_BYTES_A_CALLER_MAX = 33_554_432;
export const HALF_SENT_BYTES_MAX = 134_217_728;
/** Log entries in one answer: about 300 KiB of verdicts. */
export const ENTRIES_MAX = 1_000;
/**
 * Bytes of these entries, read and sent: an entry has at most 64 KiB, and a gRPC client accepts 4
 * MiB by default.
 */
export const PAGE_BYTES_MAX = 1_048_576;
/** Events in one answer: each is looked up in the log separately. */
export const EVENTS_MAX = 100;
/** Bytes of earlier checkpoints in one answer: each has about 300. */
export const CHECKPOINT_BYTES_MAX = 393_216;
/**
 * Bytes of an envelope: one with a share of a 256-bit key has fewer than 150. Anything larger holds
 * something else.
 */
export const ENVELOPE_BYTES_MAX = 512;
/** Proposals waiting for approval: more would be a flood, not an operation. */
export const PROPOSALS_MAX = 32;
/** Waiting proposals of one person, so that no one keeps others from proposing. */
export const PROPOSALS_A_PERSON_MAX = 4;
/** Known persons: with more, every quorum would be easy to reach. */
export const PERSONS_MAX = 64;
/** The core's name of a subject: an account or customer key of a usual core. */
export const REFERENCE_CHARS_MAX = 64;
/** A branch's id, as its certificate names it. */
export const BRANCH_CHARS_MAX = 32;
/** People who must agree, and people present: a company has a few signatories. */
export const HOLDERS_MAX = 32;
/** Accounts whose holders one call says. */
export const ACCOUNTS_MAX = 64;
/** Entries of an export in one call: 64 KiB each at most, a message has 256 KiB. */
export const REPLAYED_ENTRIES_MAX = 1_000;
/** Both codes and a key, 64 bytes, in an HPKE envelope: encapsulated key 32, tag 16. */
export const SEALED_CODES_BYTES = 112;
/** An IPv6 address with its zone, as a gateway may write it. */
export const ADDRESS_CHARS_MAX = 64;
/** An activation's id, and the number of a sending. */
export const TEXT_ID_CHARS_MAX = 40;
/** Texts that one gateway has not read: it takes thousands a second, and each is waited for. */
export const TEXTS_WAITING_MAX = 256;
