import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { OtpError } from '@ramz/otp-core';
import { z } from 'zod';
import { ProfileError } from '../profile/read-device-profile.ts';
import { OPERATIONS } from './lab-operations.ts';
import { LabRefused } from './lab-refused.ts';
import type { Laboratory } from './laboratory.ts';
import { openApiOf } from './open-api.ts';
import type { LabOperation, LabRequest } from './operation.ts';
import type { Pace } from './pace.ts';
import { glassPng, glassSvg } from './screenshot.ts';
import { streamEvents } from './stream-events.ts';

/** Loopback only: any client that reaches the server can do anything to the tokens. */
const HOST = '127.0.0.1';
const BODY_BYTES_MAX = 16_384;
const CONNECTIONS_MAX = 128;
const VERSION = '0.1.0';
const PAGE: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/draw.js': ['draw.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
  '/words.js': ['words.js', 'text/javascript; charset=utf-8'],
  '/button.js': ['button.js', 'text/javascript; charset=utf-8'],
  '/cards.js': ['cards.js', 'text/javascript; charset=utf-8'],
  '/events.js': ['events.js', 'text/javascript; charset=utf-8'],
  '/details.js': ['details.js', 'text/javascript; charset=utf-8'],
  '/snapshots.js': ['snapshots.js', 'text/javascript; charset=utf-8'],
  '/traffic.js': ['traffic.js', 'text/javascript; charset=utf-8'],
  '/numbers.js': ['numbers.js', 'text/javascript; charset=utf-8'],
};
/** The page may load only its own files, and no page may frame it. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * Serves the laboratory over HTTP, on this machine only: an interface for programs, a page for
 * people.
 */
export async function serveLab(
  laboratory: Laboratory,
  pace: Pace,
  port: number,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response, laboratory, pace));
  server.maxConnections = CONNECTIONS_MAX;
  await listening(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, laboratory: Laboratory, pace: Pace) {
  try {
    if (!isFromHere(request))
      return send(response, 403, { error: 'this interface is for this machine: call it as 127.0.0.1 or localhost' });
    if (!isJson(request))
      return send(response, 415, { error: 'send JSON, with the header content-type: application/json' });
    const url = URL.parse(request.url ?? '/', `http://${HOST}`);
    if (url === null) return send(response, 400, { error: 'there is no such address' });
    if (url.pathname === '/api/openapi.json') return send(response, 200, openApiOf(OPERATIONS, VERSION));
    if (answerRead(request, response, laboratory, url)) return;
    const found = find(request.method ?? '', url.pathname);
    if (found === undefined)
      return send(response, 404, { error: `there is no ${request.method} ${url.pathname}: see /api/openapi.json` });
    const body = await bodyOf(request, found.operation);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const what = { name: found.name, query: url.searchParams, body, gone: gone.signal };
    const asked = { laboratory, pace, ...what } as LabRequest<never>;
    send(response, 200, await found.operation.handle(asked));
  } catch (error) {
    refuse(response, error);
  }
}

/** Answers a read of the stream, a picture or the page; false for any other request. */
function answerRead(request: IncomingMessage, response: ServerResponse, laboratory: Laboratory, url: URL): boolean {
  const { method } = request;
  const { pathname, searchParams } = url;
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (sendFile(pathname, response) || sendPicture(pathname, response, laboratory)) return true;
  if (method !== 'GET' || pathname !== '/api/events/stream') return false;
  streamEvents(request, response, laboratory, searchParams);
  return true;
}

/** Returns false for requests that a foreign page sends through a browser, under any host name. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const [host = ''] = (headers.host ?? '').split(':');
  if (host !== HOST && host !== 'localhost') return false;
  const { origin } = headers;
  return origin === undefined || origin === `http://${headers.host}`;
}

/** A form of a foreign page cannot send this content type, nor delete. */
function isJson({ headers, method }: IncomingMessage): boolean {
  return method !== 'POST' || (headers['content-type'] ?? '').startsWith('application/json');
}

function find(method: string, path: string): { operation: LabOperation; name: string } | undefined {
  for (const operation of OPERATIONS) {
    if (operation.method !== method) continue;
    const [before = '', after] = operation.path.split('{name}');
    if (after === undefined) {
      if (path === before) return { operation, name: '' };
    } else if (path.startsWith(before) && path.endsWith(after)) {
      const name = path.slice(before.length, path.length - after.length);
      if (name !== '' && !name.includes('/')) return { operation, name: decodeURIComponent(name) };
    }
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage, { body }: LabOperation): Promise<unknown> {
  if (body === undefined) return undefined;
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > BODY_BYTES_MAX) throw new LabRefused(`a request has at most ${BODY_BYTES_MAX} bytes`);
  }
  return body.parse(JSON.parse(text === '' ? '{}' : text));
}

function sendFile(path: string, response: ServerResponse): boolean {
  const [file, type] = PAGE[path] ?? [];
  if (file === undefined || type === undefined) return false;
  const bytes = readFileSync(new URL(`../../page/${file}`, import.meta.url));
  response.writeHead(200, { ...HEADERS, 'content-type': type });
  response.end(bytes);
  return true;
}

function sendPicture(path: string, response: ServerResponse, laboratory: Laboratory): boolean {
  const [, name = '', kind] = /^\/api\/tokens\/([^/]+)\/screenshot\.(svg|png)$/.exec(path) ?? [];
  if (kind === undefined) return false;
  const { glass } = laboratory.token(name).device;
  response.writeHead(200, { ...HEADERS, 'content-type': kind === 'svg' ? 'image/svg+xml' : 'image/png' });
  response.end(kind === 'svg' ? glassSvg(glass) : glassPng(glass));
  return true;
}

function refuse(response: ServerResponse, error: unknown): void {
  // It left in the middle of its request: there is no one to answer.
  if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return;
  const known = sentenceOf(error);
  if (known !== undefined) return send(response, statusOf(error), { error: known });
  process.stderr.write(`ramz-token: ${error instanceof Error ? error.stack : String(error)}\n`);
  send(response, 500, { error: 'internal error: see the standard error' });
}

const STATUS = { wrong: 400, 'not-there': 404, 'too-late': 408 } as const;

function statusOf(error: unknown): number {
  return error instanceof LabRefused ? STATUS[error.kind] : 400;
}

const KNOWN = [LabRefused, OtpError, ProfileError, RangeError, URIError];

/** Returns the message of an error that the caller can fix; undefined for an internal error. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${issue?.path.join('.') || 'the request'}: ${issue?.message}`;
  }
  if (error instanceof SyntaxError) return 'the request is not valid JSON';
  return error instanceof Error && KNOWN.some((kind) => error instanceof kind) ? error.message : undefined;
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(value)}\n`);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
}
