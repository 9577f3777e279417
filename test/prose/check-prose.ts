// npm run prose -- FILE ...: the lines of these files, or of all, that the style sheet refuses.
import { isProse, proseFiles } from './prose-files.ts';
import { wrongWordsIn } from './wrong-words.ts';

const named = process.argv.slice(2).filter(isProse);
const wrong = (named.length > 0 ? named : proseFiles()).flatMap((file) => wrongWordsIn(file));
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(`${wrong.length} lines to mend\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
