// The certificate library needs `reflect-metadata` to be loaded first.
import type { PeerCertificate } from 'node:tls';
import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';

/** The part of a caller's certificate that decides whether it is still accepted. */
export interface CallerCertificate {
  /** Hexadecimal, in upper case, without leading zeros. */
  readonly serial: string;
  /** As in a revocation list. */
  readonly issuer: string;
  /** Issuer and serial in one. */
  readonly revokedKey: string;
  readonly notAfterMs: number;
}

export function certificateOf({ raw, serialNumber, valid_to: validTo }: PeerCertificate): CallerCertificate {
  const serial = serialOf(serialNumber);
  const { issuer } = new X509Certificate(raw);
  return { serial, issuer, revokedKey: revokedKey(issuer, serial), notAfterMs: Date.parse(validTo) };
}

/** Returns a name for one certificate of one authority. */
export function revokedKey(issuer: string, serial: string): string {
  return `${issuer} ${serial}`;
}

/** Returns one form of a serial number, however a tool writes it. */
export function serialOf(text: string): string {
  return text
    .replaceAll(/[\s:]/g, '')
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
}
