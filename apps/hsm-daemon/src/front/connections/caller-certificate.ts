// The certificate library wants it loaded first.
import type { PeerCertificate } from 'node:tls';
import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';

/** Of a caller's certificate, what says whether it still counts. */
export interface CallerCertificate {
  /** Hexadecimal, in capitals, without leading zeros. */
  readonly serial: string;
  /** As in a revocation list. */
  readonly issuer: string;
  /** Both of them. */
  readonly revokedKey: string;
  readonly notAfterMs: number;
}

export function certificateOf({ raw, serialNumber, valid_to: validTo }: PeerCertificate): CallerCertificate {
  const serial = serialOf(serialNumber);
  const { issuer } = new X509Certificate(raw);
  return { serial, issuer, revokedKey: revokedKey(issuer, serial), notAfterMs: Date.parse(validTo) };
}

/** Names one certificate of one authority. */
export function revokedKey(issuer: string, serial: string): string {
  return `${issuer} ${serial}`;
}

/** One form of a serial number, however a tool writes it. */
export function serialOf(text: string): string {
  return text
    .replaceAll(/[\s:]/g, '')
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
}
