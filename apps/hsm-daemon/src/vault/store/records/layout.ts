// The encoding of a standing in a store: a head with fixed offsets, then its wrong tries and its
// tokens. 64-bit numbers are IEEE 754 and whole; all are little-endian. What is needed of every
// standing comes first and can be read without the rest:
//
//   length u32 | subject 16 | purpose u8 | status u8 | wrong tries since accepted u8
//   | wrong tries u8 | tokens u16 | reserved u16 | through f64 | generation f64
//   | (wrong try at f64)* | token*
//   token: id 16 | generation f64 | epoch f64 | floor f64 | kind u8 | resynchronised u8
//          | observed u8 | serial length u8 | serial
//          | (step f64 | at f64) of the resynchronisation | (step f64 | at f64)*
//          | responses u8 | (response 16)*, for a signing token
//
// The numbers of a status and of a kind of token never change their meaning, so new ones need no
// new encoding. Reserved bytes are zero.

export const ID_BYTES = 16;

export const HEAD = {
  subject: 4,
  purpose: 20,
  status: 21,
  wrongSince: 22,
  wrong: 23,
  tokens: 24,
  reserved: 26,
  through: 28,
  generation: 36,
  bytes: 44,
} as const;

/** Offsets from the token's first byte. */
export const TOKEN = {
  generation: 16,
  epoch: 24,
  floor: 32,
  kind: 40,
  resynchronised: 41,
  observed: 42,
  serialBytes: 43,
  bytes: 44,
} as const;

export const OBSERVATION_BYTES = 16;

export const STATUSES = ['active', 'locked', 'deactivated', 'blocked', 'void'] as const;
/** The kind of a token is a sum of these; 0 is a token with time-based codes. */
export const KIND = {
  /** It has the responses that have signed something at its floor. */
  signing: 1,
  /** It was reported lost. */
  lost: 2,
  unknown: 4,
} as const;
