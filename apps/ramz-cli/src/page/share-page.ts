import { createWriteStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { finished } from 'node:stream/promises';
import type { CeremonyView, SchemeName } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import Pdf from 'pdfkit';
import { COMPONENT_ENTRY, WORD_ENTRY } from '../terminal/share-entry.ts';
import type { Language } from '../terminal/texts.ts';
import { PAGE_TEXTS } from './page-texts.ts';

/** A share, and the labels of its page. */
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
const DOTS = '........................................';
/** The share is printed below this line, so that folding the page there hides the words. */
const FOLD_AT = 300;

type Doc = PDFKit.PDFDocument;

/**
 * Writes an A5 page for a tamper-evident envelope: labels in the upper half, the share below the
 * fold. Apart from rehearsals, the only place that writes a share to disk, and only on request.
 */
export function writeSharePage(path: string, { share, ceremony, name, realm, language }: SharePage): Promise<void> {
  const { plan, id, root_key_kcv: rootKeyKcv } = ceremony;
  const kind = `${plan.kind}, ${plan.scheme}, ${plan.threshold}/${plan.custodians.length}`;
  const head = [name, id, kind, rootKeyKcv];
  return writePage(path, { head, units: unitsOf(share), language, isTest: realm === 'test' });
}

/** Writes the same page without a share, to be filled in with a pencil. */
export function writeShareForm(path: string, scheme: SchemeName, language: Language): Promise<void> {
  const { count } = scheme === 'xor' ? COMPONENT_ENTRY : WORD_ENTRY;
  const units = Array.from({ length: count }, () => '...................');
  return writePage(path, { head: [DOTS, DOTS, DOTS, DOTS], units, language, isTest: false });
}

interface Page {
  /** Holder, ceremony, kind, KCV. */
  readonly head: readonly string[];
  readonly units: readonly string[];
  readonly language: Language;
  readonly isTest: boolean;
}

async function writePage(path: string, page: Page): Promise<void> {
  const doc = new Pdf({
    size: 'A5',
    margin: MARGIN,
    info: { Title: 'Ramz share', Author: 'Ramz' },
    compress: true,
  });
  const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  const written = finished(out);
  doc.pipe(out);
  doc.registerFont('latin', fontFile('latin'));
  doc.registerFont('persian', fontFile('arabic'));
  drawHead(doc, page);
  drawFold(doc, page);
  drawShare(doc, page);
  doc.end();
  await written;
}

/** Returns strings, which cannot be wiped: the PDF library needs them; the process ends soon. */
function unitsOf(share: Secret): string[] {
  return Buffer.from(share.expose()).toString('latin1').split(' ');
}

function drawHead(doc: Doc, { head, isTest, language }: Page): void {
  const texts = PAGE_TEXTS[language];
  title(doc, texts.title, language, MARGIN);
  if (isTest) title(doc, texts.test, language, MARGIN + 26);
  const labels = [texts.holder, texts.ceremony, texts.kind, texts.kcv, texts.envelope, texts.date, texts.signature];
  labels.forEach((label, i) => drawRow(doc, label, head[i] ?? DOTS, language, 92 + i * 27));
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

function drawFold(doc: Doc, { language }: Page): void {
  doc.moveTo(0, FOLD_AT).lineTo(A5_WIDTH, FOLD_AT).dash(4, { space: 4 }).strokeColor('#777777').stroke().undash();
  small(doc, PAGE_TEXTS[language].fold, language, FOLD_AT + 6);
}

/** Draws numbered words row by row, as on the screen. Gray numbers do not look like words. */
function drawShare(doc: Doc, { units, language }: Page): void {
  units.forEach((unit, i) => {
    const x = MARGIN + (i % COLUMNS) * ((A5_WIDTH - 2 * MARGIN) / COLUMNS);
    const y = FOLD_AT + 30 + Math.floor(i / COLUMNS) * 18;
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

/** Draws a right-aligned line of Persian. Naming a font feature makes the library shape it. */
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
