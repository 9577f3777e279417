// npm run docs:reference: writes the pages that are made from the sources. Tests compare them.
import { writeFileSync } from 'node:fs';
import { policyStudyPage } from './policy-study-page.ts';
import { referencePages } from './reference-pages.ts';

const pages = (await referencePages()).map(({ file, text }) => ({ file: `reference/${file}`, text }));
for (const { file, text } of [...pages, await policyStudyPage()]) {
  writeFileSync(new URL(`../../docs/${file}`, import.meta.url), text);
  process.stdout.write(`docs/${file}\n`);
}
