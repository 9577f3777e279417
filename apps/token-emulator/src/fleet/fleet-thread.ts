// A thread of a fleet: gets its plan at birth, then blocks of customers one by one, and answers
// each with its counts.
import { parentPort, workerData } from 'node:worker_threads';
import type { FleetPlan } from './fleet-plan.ts';
import { LiveFleet } from './live-fleet.ts';
import type { Block } from './run-fleet.ts';

const fleet = new LiveFleet(workerData as FleetPlan);
parentPort?.on('message', ({ from, to }: Block) => {
  const counts = fleet.count(from, to);
  parentPort?.postMessage(counts, [counts.tokens.buffer, counts.policies.buffer, counts.drift.buffer] as ArrayBuffer[]);
});
