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

/** Streams usually take the fast path. They arrive here when only the library can read them. */
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

  // No filter of the framework gets what a stream or its guards throw, so admission is checked
  // here.
  @GrpcStreamCall('VerificationService', 'VerifyStream')
  @Roles('VerifyStream')
  async verifyStream(call: ServerDuplexStream<WireVerifyStreamRequest, WireVerifyStreamResponse>): Promise<void> {
    try {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      const answer = (items: readonly WireVerifyStreamRequest[]) => this.#together.answer(caller, items, call);
      await new AnsweredStream(call, this.#stopping, answer).ended;
      call.end();
    } catch (error) {
      // A caller that has gone gets no status.
      if (!call.cancelled) call.emit('error', this.#filter.refusal(error));
    }
  }
}
