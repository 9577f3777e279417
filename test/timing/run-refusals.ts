// npm run test:timing:refusals: checks that the time of a refusal does not show its reason, over
// the wall between front and vault, with either store. Exits with 1 if it does, or if a planted
// leak is not detected.
import { areEven, onBothStores } from './judge-classes.ts';
import { CLASSES, RefusalBench } from './measure-refusals.ts';

const HELP = `npm run test:timing:refusals: compares the time of refused codes by their reason, on both stores`;
const PLANTS = {
  embedded: { plant: 'slow-decision', planted: 'a decision takes 50 us more each time it is made' },
  PostgreSQL: { plant: 'no-decoys', planted: 'a refusal that changes nothing writes nothing' },
} as const;

await onBothStores(HELP, (store, newDatabase) =>
  areEven({
    test: 'refusals',
    classes: CLASSES,
    base: 'wrong',
    // The answer itself, LOCKED, shows a locked card.
    openly: ['locked'],
    store,
    ...PLANTS[store],
    start: async (samples, plant) => RefusalBench.start(samples, plant, await newDatabase()),
  }),
);
