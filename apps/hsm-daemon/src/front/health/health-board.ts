// grpc.health.v1, for load balancers. A sealed daemon does not serve verdicts, but its ceremony and
// status services do work.
import type { Server, ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { DaemonState } from '@ramz/custody';
import { HealthImplementation, type ServingStatusMap } from 'grpc-health-check';
import { DaemonStopping } from '../errors/front-errors.ts';
import { refusalOf } from '../errors/refusal.ts';

const ALWAYS = ['ramz.hsm.v1.StatusService'];
const UNLESS_FAILED = [
  'ramz.hsm.v1.CeremonyService',
  'ramz.hsm.v1.KeyService',
  'ramz.hsm.v1.AuditService',
  'ramz.hsm.v1.EventService',
];
const WHEN_OPERATIONAL = ['', 'ramz.hsm.v1.VerificationService', 'ramz.hsm.v1.EnrolmentService'];

type HealthCall = ServerWritableStream<unknown, unknown>;
/** The library's own handlers. */
type HealthHandlers = UntypedServiceImplementation & { readonly watch: (call: HealthCall) => void };

export class HealthBoard {
  readonly #health = new HealthImplementation(statuses('sealed', false));
  readonly #watching = new Set<HealthCall>();
  #isStopping = false;

  addTo(server: Server): void {
    const addService: Server['addService'] = (service, implementation) => {
      const { watch, ...others } = implementation as HealthHandlers;
      server.addService(service, { ...others, watch: (call: HealthCall) => this.#watch(call, watch) });
    };
    // The library never ends a watch, so a stop would wait as long as someone watches.
    this.#health.addToServer({ addService });
  }

  /** @param storeAnswers false when nothing can be decided in any state */
  show(state: DaemonState, storeAnswers = true): void {
    // Clients that were sent elsewhere are not called back.
    if (!this.#isStopping) this.#set(statuses(state, false, storeAnswers));
  }

  /**
   * Shows that the daemon answers accepted calls and takes no new ones. Watchers get this, and then
   * why their watch ends.
   */
  showStopping(): void {
    this.#isStopping = true;
    this.#set(statuses('sealed', true));
    for (const call of this.#watching) call.emit('error', refusalOf(new DaemonStopping()));
  }

  #watch(call: HealthCall, watch: HealthHandlers['watch']): void {
    this.#watching.add(call);
    call.once('cancelled', () => this.#watching.delete(call));
    watch(call);
  }

  #set(map: ServingStatusMap): void {
    for (const [service, status] of Object.entries(map)) this.#health.setStatus(service, status);
  }
}

function statuses(state: DaemonState, stopping: boolean, storeAnswers = true): ServingStatusMap {
  const map: ServingStatusMap = {};
  for (const service of ALWAYS) map[service] = stopping ? 'NOT_SERVING' : 'SERVING';
  for (const service of UNLESS_FAILED) map[service] = stopping || state === 'failed' ? 'NOT_SERVING' : 'SERVING';
  for (const service of WHEN_OPERATIONAL)
    map[service] = state === 'operational' && storeAnswers ? 'SERVING' : 'NOT_SERVING';
  return map;
}
