import type { Metadata, ServerWritableStream } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { WireEvent, WireWatchRequest } from '@ramz/proto';
import { from, type Observable } from 'rxjs';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { STOPPING } from '../front-options.ts';
import { readIndex } from '../rpc/read-number.ts';
import { followEvents } from './follow-events.ts';
import { Watchers } from './watchers.ts';

type EventsCall = ServerWritableStream<WireWatchRequest, WireEvent>;

@Controller()
export class EventsController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #stopping: AbortSignal;
  readonly #watchers = new Watchers();

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(STOPPING) stopping: AbortSignal,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#stopping = stopping;
  }

  @GrpcMethod('EventService', 'WatchEvents')
  async watchEvents(
    { first, onlyPast }: WireWatchRequest,
    _metadata: Metadata,
    call: EventsCall,
  ): Promise<Observable<WireEvent>> {
    const caller = await this.#admission.admit('WatchEvents', call);
    const events = followEvents(call, this.#link, caller.name, this.#stopping, {
      first: readIndex('first', first),
      onlyPast,
    });
    return from(onlyPast ? events : this.#watchers.through(caller.name, events));
  }
}
