// SPDX-License-Identifier: GPL-3.0-or-later
// Sends a known set of traces and logs with the stock OpenTelemetry SDK and prints, as one JSON object,
// exactly what was sent. Usage:
//   node emit.mjs --http http://127.0.0.1:4318 [--grpc 127.0.0.1:4317] [--encodings json,protobuf,grpc]
// Exit status 1 and the reason on stderr when an export failed.
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, createTraceState } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { ExportResultCode } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { LoggerProvider, BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { credentials } from '@grpc/grpc-js';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    http: { type: 'string' },
    grpc: { type: 'string' },
    encodings: { type: 'string', default: 'json,protobuf,grpc' },
  },
});

const exporters = {
  json: () => ({
    traces: new JsonTraces({ url: `${options.http}/v1/traces` }),
    logs: new JsonLogs({ url: `${options.http}/v1/logs` }),
  }),
  protobuf: () => ({
    traces: new ProtobufTraces({ url: `${options.http}/v1/traces`, compression: 'gzip' }),
    logs: new ProtobufLogs({ url: `${options.http}/v1/logs`, compression: 'gzip' }),
  }),
  grpc: () => ({
    traces: new GrpcTraces({ url: `http://${options.grpc}`, credentials: credentials.createInsecure() }),
    logs: new GrpcLogs({ url: `http://${options.grpc}`, credentials: credentials.createInsecure() }),
  }),
};

const failures = [];
const manifest = { spans: [], logs: [] };

// Records what an exporter was given, once it was acknowledged.
function recording(exporter, describe, sent) {
  return {
    export(items, done) {
      exporter.export(items, (result) => {
        if (result.code === ExportResultCode.SUCCESS) {
          sent.push(...items.map(describe));
        } else {
          failures.push(String(result.error?.stack ?? result.error ?? 'unknown failure'));
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

const nanos = ([seconds, rest]) => String(BigInt(seconds) * 1000000000n + BigInt(rest));

// The canonical text of a value: bytes are base64, a double always shows a point or an exponent.
function canonical(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) || /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object') {
    return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function typed(value) {
  if (typeof value === 'string') return `string:${value}`;
  if (typeof value === 'boolean') return `bool:${value ? 1 : 0}`;
  if (typeof value === 'number') return `${Number.isInteger(value) ? 'int' : 'double'}:${canonical(value)}`;
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('base64')}`;
  if (Array.isArray(value)) return `array:${canonical(value)}`;
  return `kvlist:${canonical(value)}`;
}

const typedAll = (attributes) => Object.fromEntries(Object.entries(attributes ?? {}).map(([key, value]) => [key, typed(value)]));

const describeSpan = (span) => ({
  traceId: span.spanContext().traceId,
  spanId: span.spanContext().spanId,
  parentSpanId: span.parentSpanContext?.spanId ?? '',
  name: span.name,
  kind: span.kind + 1, // the SDK counts from internal = 0, the protocol from unspecified = 0
  startNs: nanos(span.startTime),
  endNs: nanos(span.endTime),
  status: span.status.code,
  statusMessage: span.status.message ?? '',
  traceState: span.spanContext().traceState?.serialize() ?? '',
  attributes: typedAll(span.attributes),
  events: span.events.map((event) => ({ name: event.name, timeNs: nanos(event.time), attributes: typedAll(event.attributes) })),
  links: span.links.map((link) => ({
    traceId: link.context.traceId,
    spanId: link.context.spanId,
    attributes: typedAll(link.attributes),
  })),
  resource: typedAll(span.resource.attributes),
  scope: { name: span.instrumentationScope.name, version: span.instrumentationScope.version ?? '' },
});

const describeLog = (log) => ({
  traceId: log.spanContext?.traceId ?? '',
  spanId: log.spanContext?.spanId ?? '',
  timeNs: nanos(log.hrTime),
  severity: log.severityNumber ?? 0,
  severityText: log.severityText ?? '',
  body: typeof log.body === 'string' ? log.body : canonical(log.body),
  eventName: log.eventName ?? '',
  attributes: typedAll(log.attributes),
  resource: typedAll(log.resource.attributes),
});

// One service with its own providers, so that its requests leave when it is flushed and not before.
function service(name, make) {
  const resource = resourceFromAttributes({
    'service.name': name,
    'service.namespace': 'shop',
    'service.instance.id': `${name}-1`,
    'host.name': 'node-ä',
    'container.id': '4d684e99ad5df567f3dfa76dec5f6ea2b157a7f0eb3bf791d59cabdbef1006a9',
    'process.pid': 4711,
  });
  const exporter = make();
  const spans = new BatchSpanProcessor(recording(exporter.traces, describeSpan, manifest.spans), { maxQueueSize: 100000 });
  const logs = new BatchLogRecordProcessor({ exporter: recording(exporter.logs, describeLog, manifest.logs) });
  const tracers = new BasicTracerProvider({ resource, spanProcessors: [spans] });
  const loggers = new LoggerProvider({ resource, processors: [logs] });
  return {
    tracer: tracers.getTracer(`${name}.lib`, '1.2.3'),
    logger: loggers.getLogger(`${name}.log`, '4.5.6'),
    flush: async () => {
      await spans.forceFlush();
      await logs.forceFlush();
    },
    shutdown: async () => {
      await spans.shutdown();
      await logs.shutdown();
    },
  };
}

const everyKind = {
  text: 'quote " backslash \\ newline \n ümläut 日本 🦀',
  empty: '',
  yes: true,
  no: false,
  zero: 0,
  'int.negative': -42,
  'int.large': 9007199254740991,
  real: 0.25,
  'real.negative': -1234.5,
  'list.text': ['a', 'b"c', ''],
  'list.int': [1, -2, 3],
  'list.real': [0.5, 1.25],
  'list.bool': [true, false],
  'list.empty': [],
};

async function emit(encoding) {
  const frontend = service(`frontend-${encoding}`, exporters[encoding]);
  const cart = service(`cart-${encoding}`, exporters[encoding]);
  const roots = [];
  for (let request = 0; request < 3; ++request) {
    const failing = request === 1;
    const root = frontend.tracer.startSpan(`GET /checkout/${request}`, { kind: SpanKind.SERVER, attributes: everyKind }, ROOT_CONTEXT);
    const inRoot = trace.setSpan(ROOT_CONTEXT, root);
    const call = frontend.tracer.startSpan('cart call', { kind: SpanKind.CLIENT, attributes: { request } }, inRoot);
    const remote = trace.setSpanContext(ROOT_CONTEXT, {
      ...call.spanContext(),
      isRemote: true,
      traceState: createTraceState('vendor=1'),
    });
    const link = roots.length > 0 ? [{ context: roots[roots.length - 1], attributes: { 'link.no': roots.length } }] : [];
    const handler = cart.tracer.startSpan('cart handler', { kind: SpanKind.SERVER, links: link }, remote);
    handler.addEvent('cache miss', { key: `cart:${request}`, size: 3 });
    if (failing) {
      handler.recordException(new Error('out of stock'));
      handler.setStatus({ code: SpanStatusCode.ERROR, message: 'out of stock' });
      root.setStatus({ code: SpanStatusCode.ERROR });
    } else {
      handler.setStatus({ code: SpanStatusCode.OK });
    }
    const inHandler = trace.setSpan(ROOT_CONTEXT, handler);
    for (let i = 0; i < 4; ++i) {
      const query = cart.tracer.startSpan(`SELECT ${i}`, { kind: i === 3 ? SpanKind.PRODUCER : SpanKind.INTERNAL, attributes: { 'db.system.name': 'mysql', row: i } }, inHandler);
      query.end();
    }
    cart.logger.emit({
      severityNumber: failing ? SeverityNumber.ERROR : SeverityNumber.INFO,
      severityText: failing ? 'ERROR' : 'INFO',
      body: `handled request ${request}`,
      attributes: { request, ok: !failing, nested: { deep: [1, 'two', { three: true }] }, raw: new Uint8Array([0, 255, 7]) },
      context: inHandler,
    });
    handler.end();
    call.end();
    root.end();
    roots.push(root.spanContext());
  }
  cart.logger.emit({ severityNumber: SeverityNumber.WARN, eventName: 'cart.full', body: { items: 7, names: ['x', 'y'] }, context: ROOT_CONTEXT });
  // The children leave first and in a request of their own: their parents are not known yet.
  await cart.flush();
  await frontend.flush();
  await cart.shutdown();
  await frontend.shutdown();
}

for (const encoding of options.encodings.split(',').filter((name) => name !== '')) {
  if (!(encoding in exporters)) {
    console.error(`unknown encoding ${encoding}`);
    process.exit(2);
  }
  await emit(encoding);
}
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
console.log(JSON.stringify(manifest));
