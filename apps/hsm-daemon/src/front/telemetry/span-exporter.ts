import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';

/** Spans that a collector does not accept within this time are given up. */
const EXPORT_TIMEOUT_MS = 5_000;

type Done = Parameters<SpanExporter['export']>[1];

/**
 * Exports spans to a collector over OTLP/HTTP. Logs once that it cannot be reached, and once that
 * it can again.
 */
export function exportTo(url: string, logger: Logger): SpanExporter {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  let isReached = true;
  const tell = (reached: boolean, why: string | undefined) => {
    if (reached === isReached) return;
    isReached = reached;
    if (reached) logger.info({ url }, 'spans are accepted again');
    else logger.warn({ url, why }, 'spans cannot be sent: they are dropped; is the collector up?');
  };
  return {
    export: (spans: ReadableSpan[], done: Done) =>
      exporter.export(spans, (result) => {
        tell(result.code === ExportResultCode.SUCCESS, result.error?.message);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
}
