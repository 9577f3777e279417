import { randomUUID } from 'node:crypto';
import type { WireActivatedPurposeResult, WireTokenProofInput } from '@ramz/proto';
import type { AppGateway, CompletedPurpose, TokenProofSent } from '@ramz/token-client';
import type { ActivationClient } from './activation-client.ts';

/**
 * Connects an app straight to a daemon, with the certificate of a gateway. For laboratories and
 * tests: a bank's apps reach their own gateway over the Internet.
 * @param address that the app calls from
 */
export function appGatewayOf(activation: ActivationClient, address = ''): AppGateway {
  return {
    async activationKey() {
      const { publicKey, epoch, signature, atMs } = await activation.activationKey();
      return { publicKey, epoch, signature, atMs: Number(atMs) };
    },
    async complete(subject, epoch, sealed) {
      const sealedCodes = Buffer.from(sealed);
      const request = { requestId: randomUUID(), ...numberOf(subject), epoch, sealedCodes, address };
      const { purposes, atMs } = await activation.complete(request);
      return { purposes: purposes.map(readPurpose), atMs: Number(atMs) };
    },
    deleteToken: (proof) => activation.deleteToken({ requestId: randomUUID(), token: writeProof(proof), address }),
    async tokenState(proof) {
      const { places, atMs } = await activation.tokenState({ token: writeProof(proof) });
      const purposes = new Map(
        places.map(({ purpose, status }) => [wordOf(purpose, 'PURPOSE_'), wordOf(status, 'PLACE_STATUS_')]),
      );
      return { purposes, atMs: Number(atMs) };
    },
  };
}

function numberOf(subject: string): { readonly cardNumber?: string; readonly customerNumber?: string } {
  const [kind, number = ''] = subject.split('/');
  return kind === 'card' ? { cardNumber: number } : { customerNumber: number };
}

function writeProof({ subject, enrolmentId, minute, mac }: TokenProofSent): WireTokenProofInput {
  return { ...numberOf(subject), enrolmentId, minute: String(minute), mac: Buffer.from(mac) };
}

function readPurpose({ purpose, enrolmentId, sealedSeed, parameters }: WireActivatedPurposeResult): CompletedPurpose {
  if (parameters === null) throw new Error('the daemon returned a seed without its parameters');
  const { hash, digits, periodS: periodSeconds, t0S, ocraSuite } = parameters;
  return {
    purpose: wordOf(purpose, 'PURPOSE_'),
    enrolmentId,
    sealedSeed,
    hash: hash as CompletedPurpose['hash'],
    digits,
    periodSeconds,
    t0Seconds: Number(t0S),
    ocraSuite,
  };
}

/** `PURPOSE_SECOND_PIN` is second-pin. */
function wordOf(name: string, begin: string): string {
  return name.slice(begin.length).toLowerCase().replaceAll('_', '-');
}
