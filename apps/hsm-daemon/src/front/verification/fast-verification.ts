import { Inject, Injectable } from '@nestjs/common';
import type { WireVerifyBatchRequest, WireVerifyRequest, WireVerifyStreamRequest } from '@ramz/proto';
import type { Asker } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import type { ChannelCaller } from '../access/caller.ts';
import type { RpcName } from '../access/roles.ts';
import type { Answer } from '../fast-path/fast-call.ts';
import type { OpenStream } from '../fast-path/fast-stream.ts';
import { CodeVerifier } from './code-verifier.ts';
import { VerifyTogether } from './verify-together.ts';

type Verify<Request> = (request: Request, caller: ChannelCaller, asker: Asker) => Promise<unknown>;

const SERVICE = '/ramz.hsm.v1.VerificationService/';

/** Answers the calls of the fast path. No guard runs before them, so admission is checked here. */
@Injectable()
export class FastVerification {
  readonly #admission: Admission;
  readonly #codes: CodeVerifier;
  readonly #together: VerifyTogether;

  constructor(
    @Inject(Admission) admission: Admission,
    @Inject(CodeVerifier) codes: CodeVerifier,
    @Inject(VerifyTogether) together: VerifyTogether,
  ) {
    this.#admission = admission;
    this.#codes = codes;
    this.#together = together;
  }

  /** Unary calls, by path. */
  get calls(): ReadonlyMap<string, Answer> {
    const codes = this.#codes;
    return new Map<string, Answer>([
      [`${SERVICE}Verify`, this.#answer<WireVerifyRequest>('Verify', (...call) => codes.verify(...call))],
      [
        `${SERVICE}VerifyBatch`,
        this.#answer<WireVerifyBatchRequest>('VerifyBatch', (...call) => codes.verifyBatch(...call)),
      ],
    ]);
  }

  /** Streams, by path. */
  get streams(): ReadonlyMap<string, OpenStream> {
    const open: OpenStream = async (call) => {
      const caller = await this.#admission.admitChannel('VerifyStream', call);
      return (requests) => this.#together.answer(caller, requests as readonly WireVerifyStreamRequest[], call);
    };
    return new Map([[`${SERVICE}VerifyStream`, open]]);
  }

  /** The caller is usually known from an earlier call. Then no turn of the event loop passes. */
  #answer<Request>(rpc: RpcName, verify: Verify<Request>): Answer {
    return (request, call) => {
      const decide = (caller: ChannelCaller) => verify(request as Request, caller, askerOf(caller, call));
      const known = this.#admission.knownChannel(rpc, call);
      return known === undefined ? this.#admission.admitChannel(rpc, call).then(decide) : decide(known);
    };
  }
}
