// npm run docs:reference: writes the pages under docs/reference that are made from the sources. A
// test compares them.
import { writeFileSync } from 'node:fs';
import { referencePages } from './reference-pages.ts';

for (const { file, text } of await referencePages()) {
  writeFileSync(new URL(`../../docs/reference/${file}`, import.meta.url), text);
  process.stdout.write(`docs/reference/${file}\n`);
}
