// Key components of PCI PIN 6-1 and ANSI X9.24-1: each is as long as the key and has its own check
// value. The key is their XOR, so all are needed.
import { cmac } from '@noble/ciphers/aes.js';
import { Secret, secretBytes } from '@ramz/otp-core';
import type { RandomBytes } from '../entropy.ts';
import { CustodyError } from '../errors.ts';
import { bytesOfHex } from '../hex.ts';
import { aesKeyCheckValue } from '../key-check-value.ts';
import { sameBytes } from '../same-bytes.ts';

export const COMPONENT_BYTES = 32;
export const COMPONENTS_MIN = 2;
export const COMPONENTS_MAX = 16;

/** 15 bits. */
const IDENTIFIER_MAX = 0x7fff;

/** One component. Only `value` is secret. */
export interface XorComponent {
  /** 15 bits, drawn once per split. */
  readonly identifier: number;
  /** From 1. */
  readonly index: number;
  readonly count: number;
  readonly value: Secret;
}

/** @throws CustodyError `threshold-range`, `secret-length` */
export function splitXor(secret: Secret, identifier: number, count: number, random: RandomBytes): XorComponent[] {
  if (!Number.isInteger(count) || count < COMPONENTS_MIN || count > COMPONENTS_MAX) {
    throw new CustodyError('threshold-range', `there are ${COMPONENTS_MIN} to ${COMPONENTS_MAX} components`);
  }
  if (secret.length !== COMPONENT_BYTES) throw new CustodyError('secret-length', 'components are of a 256-bit key');
  const last = secretBytes(COMPONENT_BYTES);
  last.set(secret.expose());
  const values = Array.from({ length: count - 1 }, () => random(COMPONENT_BYTES));
  for (const value of values) mix(last, value);
  return [...values, last].map((value, i) => ({ identifier, index: i + 1, count, value: Secret.own(value) }));
}

/** @throws CustodyError `identifiers-differ`, `share-repeated`, `component-weak` */
export function assertComponentFits(component: XorComponent, held: readonly XorComponent[]): void {
  if (component.value.expose().every((byte) => byte === 0)) {
    throw new CustodyError('component-weak', 'a component of zeros adds nothing');
  }
  for (const other of held) {
    if (component.identifier !== other.identifier || component.count !== other.count) {
      throw new CustodyError('identifiers-differ', 'it is a component of another ceremony');
    }
    if (component.index === other.index || sameBytes(component.value.expose(), other.value.expose())) {
      throw new CustodyError('share-repeated', 'the same component was given twice');
    }
  }
}

/** @throws CustodyError as `assertComponentFits`; `shares-too-few`, `shares-too-many` */
export function combineXor(components: readonly XorComponent[]): Secret {
  const count = components[0]?.count ?? COMPONENTS_MIN;
  if (components.length < count) {
    throw new CustodyError('shares-too-few', `${components.length} of ${count} components are there`);
  }
  if (components.length > count) {
    throw new CustodyError('shares-too-many', `exactly ${count} components are combined`);
  }
  const sum = secretBytes(COMPONENT_BYTES);
  components.forEach((component, i) => {
    assertComponentFits(component, components.slice(0, i));
    mix(sum, component.value.expose());
  });
  return Secret.own(sum);
}

const KCV_BYTES = 5;
/** The first byte. Makes 42 bytes, 21 whole groups of four digits; identifies a component. */
const MARK = 0xc0;
const HEADER_BYTES = 5;
export const ENCODED_COMPONENT_BYTES: number = HEADER_BYTES + COMPONENT_BYTES + KCV_BYTES;

/**
 * `mark | identifier (2) | index | count | value (32) | check value (5)`. The check value is the
 * beginning of the AES-CMAC of all before the value, under the value as key: no digit of a
 * component can be wrong without it.
 */
export function encodeComponent({ identifier, index, count, value }: XorComponent): Secret {
  const bytes = secretBytes(ENCODED_COMPONENT_BYTES);
  bytes[0] = MARK;
  bytes[1] = identifier >>> 8;
  bytes[2] = identifier & 0xff;
  bytes[3] = index;
  bytes[4] = count;
  bytes.set(value.expose(), HEADER_BYTES);
  bytes.set(checkValue(bytes.subarray(0, HEADER_BYTES), value), HEADER_BYTES + COMPONENT_BYTES);
  return Secret.own(bytes);
}

/** Returns the first six digits of every component with this identifier. */
export function beginningOfComponent(identifier: number): string {
  const digits = (MARK.toString(16) + identifier.toString(16).padStart(4, '0')).toUpperCase();
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/**
 * Reads a component, also one of an older sheet, whose check value is over the value alone.
 * @throws CustodyError `component-malformed`, `component-check-value-wrong`
 */
export function decodeComponent(encoded: Secret): XorComponent {
  const bytes = encoded.expose();
  if (bytes.length !== ENCODED_COMPONENT_BYTES || bytes[0] !== MARK) {
    throw new CustodyError(
      'component-malformed',
      `a component has ${ENCODED_COMPONENT_BYTES * 2} hexadecimal digits, and begins with C0`,
    );
  }
  const value = Secret.copy(bytes.subarray(HEADER_BYTES, HEADER_BYTES + COMPONENT_BYTES));
  const given = bytes.subarray(HEADER_BYTES + COMPONENT_BYTES);
  const isRight = sameBytes(checkValue(bytes.subarray(0, HEADER_BYTES), value), given);
  const isRightOnOldSheet = sameBytes(bytesOfHex(aesKeyCheckValue(value)), given);
  if (!isRight && !isRightOnOldSheet) {
    value.wipe();
    throw new CustodyError('component-check-value-wrong', 'a digit is wrong: the check value does not hold');
  }
  const component = {
    identifier: ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0),
    index: bytes[3] ?? 0,
    count: bytes[4] ?? 0,
    value,
  };
  if (isPossible(component)) return component;
  value.wipe();
  throw new CustodyError('component-malformed', 'its number, or the number of components, is out of range');
}

function isPossible({ identifier, index, count }: Omit<XorComponent, 'value'>): boolean {
  const isCount = count >= COMPONENTS_MIN && count <= COMPONENTS_MAX;
  return identifier <= IDENTIFIER_MAX && isCount && index >= 1 && index <= count;
}

function checkValue(header: Uint8Array, value: Secret): Uint8Array {
  // The library takes the message first, then the key.
  return cmac(header, value.expose()).subarray(0, KCV_BYTES);
}

function mix(into: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) ^ (other[i] ?? 0);
}
