import { bankOfCard } from '@ramz/bank-profile';
import type { RegisterClient } from '@ramz/client';
import type { Language } from '../../terminal/texts.ts';
import { CARD_TEXTS, dayIn, momentIn } from './card-texts.ts';

type File = Awaited<ReturnType<RegisterClient['file']>>;

/** Returns what is kept of a card or customer, a line each. */
export function fileLines(file: File, cardNumber: string, language: Language): string[] {
  const texts = CARD_TEXTS[language];
  const bank = bankOfCard(cardNumber);
  const head = bank === undefined ? [] : [`${texts.bank}: ${bank[language]}`];
  if (!file.known) return [...head, texts.unknown];
  return [
    ...head,
    ...(file.reference === '' ? [] : [`${texts.reference}: ${file.reference}`]),
    `${texts.number}: ${file.hasNumber ? texts.registered : texts.notRegistered}`,
    ...(cardNumber === '' ? [] : [`${texts.staticPin}: ${file.staticSecondPin ? texts.on : texts.off}`]),
    ...(file.closed ? [texts.closed] : []),
    ...(Number(file.codeUntilMs) > 0 ? [`${texts.codeOut} ${momentIn(language, Number(file.codeUntilMs))}`] : []),
    ...file.places.map((place) => placeLine(place, language)),
    ...file.permissions.map((permission) => permissionLine(permission, language)),
  ];
}

function placeLine({ purpose, status, tokens }: File['places'][number], language: Language): string {
  const texts = CARD_TEXTS[language];
  const name = texts.purposes[purpose.replace('PURPOSE_', '') as keyof typeof texts.purposes];
  const how = texts.statuses[status.replace('PLACE_STATUS_', '') as keyof typeof texts.statuses];
  const listed = tokens.map(
    ({ serial, lost }) => ` [${texts.token} ${serial}${lost ? `${texts.comma}${texts.lost}` : ''}]`,
  );
  return `${name}: ${how}${listed.join('')}`;
}

function permissionLine({ personKind, branch, issuedAtMs }: File['permissions'][number], language: Language): string {
  const texts = CARD_TEXTS[language];
  const who = texts.people[personKind.replace('PERSON_KIND_', '') as keyof typeof texts.people];
  const where = `${texts.branch} ${branch}`;
  return `${texts.permission}: ${[who, where, dayIn(language, Number(issuedAtMs))].join(texts.comma)}`;
}
