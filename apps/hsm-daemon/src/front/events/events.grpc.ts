import type { ServerWritableStream } from '@grpc/grpc-js';
import { Controller, Inject, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { WireEvent, WireWatchRequest } from '@ramz/proto';
import { from, type Observable } from 'rxjs';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { STOPPING } from '../access/front-tokens.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { readIndex } from '../fields/read-value.ts';
import { followEvents } from './follow-events.ts';
import { Watchers } from './watchers.ts';

type EventsCall = ServerWritableStream<WireWatchRequest, WireEvent>;

@Controller()
export class EventsController {
  readonly #link: VaultLink;
  readonly #stopping: AbortSignal;
  readonly #watchers = new Watchers();

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(STOPPING) stopping: AbortSignal) {
    this.#link = link;
    this.#stopping = stopping;
  }

  @Rpc('EventService', 'WatchEvents')
  async watchEvents(
    @Payload() { first, onlyPast }: WireWatchRequest,
    @Admitted() { caller, call }: AdmittedCall<EventsCall>,
  ): Promise<Observable<WireEvent>> {
    const events = followEvents(call, this.#link, caller, this.#stopping, {
      first: readIndex('first', first),
      onlyPast,
    });
    return from(onlyPast ? events : this.#watchers.through(caller.name, events));
  }
}

@Module({ controllers: [EventsController] })
export class EventsModule {}
