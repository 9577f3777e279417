// OpenTelemetry spans over OTLP/HTTP, for an operations team that follows a call. A card or
// customer appears only as a hash under a key that is drawn at each start, so that no one can try
// all card numbers against it. Codes, names of people and the certificate's name do not appear at
// all.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, randomBytes } from 'node:crypto';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Bounds the memory that a slow or unavailable collector costs: further spans are dropped. */
const SPANS_WAITING_MAX = 4_096;
/** An operator who looks for a call that just failed finds it. */
const SPAN_DELAY_MS_MAX = 1_000;
/** 16 bytes identify a subject among all of a bank without revealing it. */
const HASH_BYTES = 16;

/** Reads a header of a call. */
export type ReadHeader = (name: string) => string | undefined;

export class CallTracer {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #headers = new W3CTraceContextPropagator();
  readonly #current = new AsyncLocalStorage<Context>();
  readonly #key = randomBytes(32);

  /**
   * @param ratio share of the calls to trace among those without a caller's own decision, which is
   * followed
   */
  constructor(exporter: SpanExporter, ratio: number, version: string) {
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'ramz-daemon', 'service.version': version }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter, maxQueueSize: SPANS_WAITING_MAX, scheduledDelayMillis: SPAN_DELAY_MS_MAX }),
      ],
    });
    this.#tracer = this.#provider.getTracer('ramz-daemon', version);
  }

  /** @param path of the method, `/package.Service/Method` */
  beginCall(path: string, header: ReadHeader): TracedCall {
    const [service = '', method = ''] = path.slice(1).split('/');
    const getter = { keys: () => [], get: (_: unknown, name: string) => header(name) };
    const parent = this.#headers.extract(ROOT_CONTEXT, undefined, getter);
    const attributes = { 'rpc.system': 'grpc', 'rpc.service': service, 'rpc.method': method };
    const span = this.#tracer.startSpan(path.slice(1), { kind: SpanKind.SERVER, attributes }, parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  endCall({ span }: TracedCall, statusCode: number, isFault: boolean): void {
    span.setAttribute('rpc.grpc.status_code', statusCode);
    if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }

  /** Runs `work` so that its vault commands appear as part of the call. */
  within<T>(call: TracedCall, work: () => T): T {
    return this.#current.run(call.context, work);
  }

  /**
   * Begins a span for the way to the vault and back, if a call is being traced here. The returned
   * function ends it at the reply.
   */
  beginVault(command: string): (() => void) | undefined {
    const context = this.#current.getStore();
    if (context === undefined) return undefined;
    const span = this.#tracer.startSpan(`vault ${command}`, { kind: SpanKind.INTERNAL }, context);
    return () => span.end();
  }

  /**
   * Returns the same hash for the same subject as long as this daemon runs. It means nothing to
   * anyone else.
   */
  hash(subject: string): string {
    return createHmac('sha256', this.#key).update(subject).digest().subarray(0, HASH_BYTES).toString('hex');
  }

  /** Sends the remaining spans. A collector that rejects them stops nothing. */
  async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => {});
  }
}

export interface TracedCall {
  readonly span: Span;
  readonly context: Context;
}
