// grpc.health.v1: what load balancers ask. A sealed daemon is not serving verdicts, but its ceremony and
// status services are.
import type { Server } from '@grpc/grpc-js';
import { HealthImplementation, type ServingStatusMap } from 'grpc-health-check';
import type { DaemonState } from '../../boundary/daemon-state.ts';

const ALWAYS = ['ramz.hsm.v1.StatusService'];
const UNLESS_FAILED = [
  'ramz.hsm.v1.CeremonyService',
  'ramz.hsm.v1.KeyService',
  'ramz.hsm.v1.AuditService',
  'ramz.hsm.v1.EventService',
];
const WHEN_OPERATIONAL = ['', 'ramz.hsm.v1.VerificationService', 'ramz.hsm.v1.EnrolmentService'];

export class HealthBoard {
  readonly #health = new HealthImplementation(statuses('sealed', false));
  #is_stopping = false;

  addTo(server: Server): void {
    this.#health.addToServer(server);
  }

  /** @param store_answers false when nothing can be decided, whatever the state is */
  show(state: DaemonState, store_answers = true): void {
    // Who has been told to go elsewhere is not called back.
    if (!this.#is_stopping) this.#set(statuses(state, false, store_answers));
  }

  /** The daemon answers what it has accepted and takes nothing new. */
  showStopping(): void {
    this.#is_stopping = true;
    this.#set(statuses('sealed', true));
  }

  #set(map: ServingStatusMap): void {
    for (const [service, status] of Object.entries(map)) this.#health.setStatus(service, status);
  }
}

function statuses(state: DaemonState, stopping: boolean, store_answers = true): ServingStatusMap {
  const map: ServingStatusMap = {};
  for (const service of ALWAYS) map[service] = stopping ? 'NOT_SERVING' : 'SERVING';
  for (const service of UNLESS_FAILED) map[service] = stopping || state === 'failed' ? 'NOT_SERVING' : 'SERVING';
  for (const service of WHEN_OPERATIONAL)
    map[service] = state === 'operational' && store_answers ? 'SERVING' : 'NOT_SERVING';
  return map;
}
