import { createWriteStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { finished } from 'node:stream/promises';
import type { Secret } from '@ramz/otp-core';
import Pdf from 'pdfkit';
import type { CeremonyView } from '../../boundary/announcement.ts';
import type { Language } from '../terminal/texts.ts';
import { PAGE_TEXTS } from './page-texts.ts';

/** What a page says beside the share. */
export interface SharePage {
  readonly share: Secret;
  readonly ceremony: CeremonyView;
  readonly name: string;
  readonly realm: 'test' | 'live';
  readonly language: Language;
}

const MARGIN = 32;
const A5_WIDTH = 419.53;
const A5_HEIGHT = 595.28;
const COLUMNS = 3;
/** Lower than this the share begins: folded at the mark, the words lie inside. */
const FOLD_AT = 300;

type Doc = PDFKit.PDFDocument;

/**
 * An A5 page for a tamper-evident envelope: who and what in the upper half, the share below the fold. The only
 * place where a share is written to a disk, and only when it was asked for.
 */
export async function writeSharePage(path: string, page: SharePage): Promise<void> {
  const doc = new Pdf({
    size: 'A5',
    margin: MARGIN,
    info: { Title: 'Ramz share', Author: 'Ramz' },
    compress: true,
  });
  const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  doc.pipe(out);
  doc.registerFont('latin', fontFile('latin'));
  doc.registerFont('persian', fontFile('arabic'));
  drawHead(doc, page);
  drawFold(doc, page);
  drawShare(doc, page);
  doc.end();
  await finished(out);
}

function drawHead(doc: Doc, { ceremony, name, realm, language }: SharePage): void {
  const texts = PAGE_TEXTS[language];
  title(doc, texts.title, language, MARGIN);
  if (realm === 'test') title(doc, texts.test, language, MARGIN + 26);
  const { plan, id, root_key_kcv } = ceremony;
  const rows: readonly (readonly [string, string])[] = [
    [texts.holder, name],
    [texts.ceremony, id],
    [texts.kind, `${plan.kind}, ${plan.scheme}, ${plan.threshold}/${plan.custodians.length}`],
    [texts.kcv, root_key_kcv],
    [texts.envelope, '........................................'],
    [texts.date, '........................................'],
    [texts.signature, '........................................'],
  ];
  rows.forEach(([label, value], i) => drawRow(doc, label, value, language, 92 + i * 27));
}

function drawRow(doc: Doc, label: string, value: string, language: Language, y: number): void {
  if (language === 'fa') {
    rightToLeft(doc, label, 10, y);
    doc.font('latin').fontSize(10).text(value, MARGIN, y, { lineBreak: false });
  } else {
    doc.font('latin').fontSize(10).text(label, MARGIN, y, { lineBreak: false });
    doc.text(value, MARGIN + 120, y, { lineBreak: false });
  }
}

function drawFold(doc: Doc, { language }: SharePage): void {
  doc.moveTo(0, FOLD_AT).lineTo(A5_WIDTH, FOLD_AT).dash(4, { space: 4 }).strokeColor('#777777').stroke().undash();
  small(doc, PAGE_TEXTS[language].fold, language, FOLD_AT + 6);
}

/** Numbered words in columns; the number is grey, so that it is not read as part of the word. */
function drawShare(doc: Doc, { share, language }: SharePage): void {
  const bytes = share.expose();
  const units: string[] = [];
  for (let from = 0, at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 0x20) continue;
    // A PDF is made of strings: this process ends soon after.
    units.push(Buffer.from(bytes.subarray(from, at)).toString('latin1'));
    from = at + 1;
  }
  const rows = Math.ceil(units.length / COLUMNS);
  units.forEach((unit, i) => {
    const x = MARGIN + Math.floor(i / rows) * ((A5_WIDTH - 2 * MARGIN) / COLUMNS);
    const y = FOLD_AT + 30 + (i % rows) * 18;
    doc
      .font('latin')
      .fontSize(8)
      .fillColor('#777777')
      .text(String(i + 1).padStart(2), x, y + 3, { lineBreak: false });
    doc
      .fontSize(12)
      .fillColor('black')
      .text(unit, x + 18, y, { lineBreak: false });
  });
  small(doc, PAGE_TEXTS[language].warning, language, A5_HEIGHT - MARGIN - 22);
}

function title(doc: Doc, text: string, language: Language, y: number): void {
  if (language === 'fa') rightToLeft(doc, text, 16, y);
  else doc.font('latin').fontSize(16).text(text, MARGIN, y, { lineBreak: false });
}

function small(doc: Doc, text: string, language: Language, y: number): void {
  if (language === 'fa') rightToLeft(doc, text, 8, y);
  else doc.font('latin').fontSize(8).fillColor('black').text(text, MARGIN, y, { lineBreak: false });
}

/** A line in Persian: shaped as a whole (naming a feature makes the library do that), set from the right. */
function rightToLeft(doc: Doc, text: string, size: number, y: number): void {
  const options = {
    lineBreak: false,
    features: ['rlig', 'calt', 'liga', 'init', 'medi', 'fina'] as PDFKit.Mixins.OpenTypeFeatures[],
  };
  doc.font('persian').fontSize(size).fillColor('black');
  doc.text(text, A5_WIDTH - MARGIN - doc.widthOfString(text, options), y, options);
}

function fontFile(script: 'latin' | 'arabic'): Buffer {
  const root = createRequire(import.meta.url)
    .resolve('@fontsource/vazirmatn/package.json')
    .replace(/package\.json$/, '');
  return readFileSync(`${root}files/vazirmatn-${script}-400-normal.woff`);
}
