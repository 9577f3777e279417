import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcStreamCall } from '@nestjs/microservices';
import type { WireVerifyStreamRequest, WireVerifyStreamResponse } from '@ramz/proto';
import { Admission } from '../access/admission.ts';
import { STOPPING } from '../front-options.ts';
import { RefusalFilter } from '../rpc/refusal.filter.ts';
import type { OpenStream } from '../rpc/short-stream.ts';
import { AnsweredStream } from './answered-stream.ts';
import { VerifyTogether } from './verify-together.ts';

type Stream = ServerDuplexStream<WireVerifyStreamRequest, WireVerifyStreamResponse>;

const PATH = '/ramz.hsm.v1.VerificationService/VerifyStream';

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

  /** For streams that come without the framework: what opens one, by path. */
  get streams(): ReadonlyMap<string, OpenStream> {
    const open: OpenStream = async (call) => {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      return (requests) => this.#together.answer(caller, requests as readonly WireVerifyStreamRequest[], call);
    };
    return new Map([[PATH, open]]);
  }

  // What is thrown in a stream passes no filter of the framework.
  @GrpcStreamCall('VerificationService', 'VerifyStream')
  async verifyStream(call: Stream): Promise<void> {
    try {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      const answer = async (item: WireVerifyStreamRequest) => {
        const { answers, failure } = await this.#together.answer(caller, [item], call);
        if (answers[0] === undefined) throw failure;
        return answers[0];
      };
      await new AnsweredStream(call, this.#stopping, answer).ended;
      call.end();
    } catch (error) {
      // Whoever has gone hears no status.
      if (!call.cancelled) call.emit('error', this.#filter.refusal(error));
    }
  }
}
