// npm run test:timing:completions: checks that the time in which typed codes are refused does not
// show why: a wrong code, one that ended, none at all, an unknown card (D-4). Exits with 1 if it
// does, or if a planted early return is not detected.
import { areEven, onBothStores } from './judge-classes.ts';
import { COMPLETIONS, CompletionBench } from './measure-completions.ts';

const HELP =
  'npm run test:timing:completions: compares the time of refused activations by their reason, on both stores';

await onBothStores(HELP, (store, newDatabase) =>
  areEven({
    test: 'completions',
    classes: COMPLETIONS,
    base: 'unknown',
    openly: [],
    store,
    plant: 'early-return',
    planted: 'the refusal of a card without a file ends early, and writes no file',
    start: async (samples, plant) => CompletionBench.start(samples, plant, await newDatabase()),
  }),
);
