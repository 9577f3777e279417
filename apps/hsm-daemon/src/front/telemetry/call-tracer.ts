// What an operations team follows a call with: OpenTelemetry spans, sent over OTLP/HTTP. A card or customer is in them
// only as a hash under a key that was drawn at this start, so that nobody can try all card numbers against it; codes,
// names of people and the certificate's name are not in them at all.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, randomBytes } from 'node:crypto';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** A collector that is slow or gone costs this much memory and no more: spans beyond it are dropped. */
const SPANS_WAITING_MAX = 4_096;
/** 16 bytes name a subject among all of a bank without telling which it is. */
const HASH_BYTES = 16;

/** The headers of a call, as far as tracing reads them. */
export type ReadHeader = (name: string) => string | undefined;

export class CallTracer {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #headers = new W3CTraceContextPropagator();
  readonly #current = new AsyncLocalStorage<Context>();
  readonly #key = randomBytes(32);

  /** @param ratio share of the calls that nobody traced before us; a caller's own decision is followed */
  constructor(exporter: SpanExporter, ratio: number, version: string) {
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'ramz-daemon', 'service.version': version }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: SPANS_WAITING_MAX })],
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

  /** Runs `work` so that what it asks the vault is seen as part of the call. */
  within<T>(call: TracedCall, work: () => T): T {
    return this.#current.run(call.context, work);
  }

  /** The way to the vault and back, if a call is being traced here. Whoever gets a function calls it at the answer. */
  beginVault(command: string): (() => void) | undefined {
    const context = this.#current.getStore();
    if (context === undefined) return undefined;
    const span = this.#tracer.startSpan(`vault ${command}`, { kind: SpanKind.INTERNAL }, context);
    return () => span.end();
  }

  /** The same for the same card as long as this daemon runs, and nothing to anybody else. */
  hash(subject: string): string {
    return createHmac('sha256', this.#key).update(subject).digest().subarray(0, HASH_BYTES).toString('hex');
  }

  /** Sends what is left, if the collector takes it: what it does with it stops nobody. */
  async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => {});
  }
}

export interface TracedCall {
  readonly span: Span;
  readonly context: Context;
}
