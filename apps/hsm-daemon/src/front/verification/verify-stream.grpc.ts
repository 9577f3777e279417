import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcStreamCall } from '@nestjs/microservices';
import type { WireVerifyStreamRequest, WireVerifyStreamResponse } from '@ramz/proto';
import { Admission } from '../access/admission.ts';
import { STOPPING } from '../access/front-tokens.ts';
import { Roles } from '../access/roles.decorator.ts';
import { RefusalFilter } from '../filters/refusal.filter.ts';
import { AnsweredStream } from './answered-stream.ts';
import { VerifyTogether } from './verify-together.ts';

/** A stream usually comes the fast path, and comes here when only the library knows how to read it. */
@Controller()
export class VerifyStreamController {
  readonly #admission: Admission;
  readonly #together: VerifyTogether;
  readonly #filter: RefusalFilter;
  readonly #stopping: AbortSignal;

  constructor(
    @Inject(Admission) admission: Admission,
    @Inject(VerifyTogether) together: VerifyTogether,
    @Inject(RefusalFilter) filter: RefusalFilter,
    @Inject(STOPPING) stopping: AbortSignal,
  ) {
    this.#admission = admission;
    this.#together = together;
    this.#filter = filter;
    this.#stopping = stopping;
  }

  // What is thrown in a stream, by its guards too, passes no filter of the framework: the admission is asked here.
  @GrpcStreamCall('VerificationService', 'VerifyStream')
  @Roles('VerifyStream')
  async verifyStream(call: ServerDuplexStream<WireVerifyStreamRequest, WireVerifyStreamResponse>): Promise<void> {
    try {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      const answer = (items: readonly WireVerifyStreamRequest[]) => this.#together.answer(caller, items, call);
      await new AnsweredStream(call, this.#stopping, answer).ended;
      call.end();
    } catch (error) {
      // Whoever has gone hears no status.
      if (!call.cancelled) call.emit('error', this.#filter.refusal(error));
    }
  }
}
