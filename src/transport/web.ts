import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import sirv from 'sirv';
import { packageRoot } from '../config';

/** User of the demo data for one-click sign-in. */
export interface DemoSignIn {
  email: string;
  password: string;
  /** Description of the user. */
  who: string;
}

/** Options of the pages. */
export interface WebOptions {
  /** Whether the playground is served. */
  playground: boolean;
  /** Empty without demo data. */
  signIns: readonly DemoSignIn[];
}

interface Page {
  plain: Buffer;
  zipped: Buffer;
  etag: string;
}

const YEAR = 365 * 24 * 3600;
const HASHED = '/assets/';

/**
 * Content-Security-Policy of the pages: same origin only. Inline styles are allowed, because the component library and the
 * editor of the playground need them. GraphQL answers are never rendered, so they need no policy.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Output folder of the pages. */
const BUILT = join(packageRoot, 'dist/web');

/** Serves the built pages. The handler returns false for paths that are not pages. */
export function serveWeb(
  options: WebOptions,
  folder = BUILT,
): (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean {
  if (!existsSync(folder)) return () => false;
  const pages = pagesIn(folder, options);
  const assets = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    maxAge: YEAR,
    immutable: true,
  });
  return (request, response, pathname) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    if (pathname.startsWith(HASHED)) {
      // Nobody needs parts of assets, and sirv throws if a range ends before it starts.
      delete request.headers.range;
      response.once('pipe', (file: Readable) => {
        // A file that a deployment has removed ends the response, not the process.
        file.once('error', () => response.destroy());
        // A client that leaves midway leaves no open file behind.
        response.once('close', () => file.destroy());
      });
      assets(request, response, () => notFound(response));
      return true;
    }
    // The console is a single-page application with client-side routes.
    const page = pages.get(pathname.startsWith('/console/') ? '/console' : pathname);
    if (page) send(request, response, page);
    return page !== undefined;
  };
}

function pagesIn(folder: string, { playground, signIns }: WebOptions): Map<string, Page> {
  const settings = JSON.stringify({ playground, signIns }).replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const page = (name: string): Page => {
    const html = readFileSync(join(folder, `${name}.html`), 'utf8')
      .replace(/(<meta name="skybasket" content=")[^"]*/, (_, start) => start + settings)
      .replace(/<!-- playground -->(.*?)<!-- \/playground -->/s, (_, link) => (playground ? link : ''));
    const plain = Buffer.from(html);
    const etag = `"${createHash('sha256').update(plain).digest('base64url')}"`;
    return { plain, zipped: gzipSync(plain), etag };
  };
  return new Map([
    ['/', page('home')],
    ['/schema', page('schema')],
    ['/console', page('console')],
    ['/accept-invitation', page('accept-invitation')],
    ['/reset-password', page('reset-password')],
    ...(playground ? [['/playground', page('playground')] as const] : []),
  ]);
}

function send(request: IncomingMessage, response: ServerResponse, { plain, zipped, etag }: Page): void {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('cache-control', 'no-cache');
  response.setHeader('vary', 'accept-encoding');
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (zips) response.setHeader('content-encoding', 'gzip');
  const body = zips ? zipped : plain;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function notFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.end();
}
