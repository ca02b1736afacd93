import type { IncomingMessage } from 'node:http';
import { compress, type Encoding, varyOf } from '../compress';
import type { GatewayResponse, PreparedHead } from '../gateway-response';
import { etagOf, isNotModified } from './http-caching';

/** Headers of an answer, names and values in turn. */
export interface AnswerHeaders {
  /** Headers of Apollo Server. */
  headers: readonly string[];
  /** Headers for HTTP caches. Undefined for an answer that they do not store. */
  caching: readonly string[] | undefined;
}

/** Answer in one encoding, ready to be sent many times. */
export interface PreparedAnswer {
  head: PreparedHead;
  body: Buffer;
  /** Answer to a request whose client has this answer already. */
  notModified?: { etag: string; head: PreparedHead };
}

/** Prepares an answer in one encoding. */
export async function prepareAnswer(
  { headers, caching }: AnswerHeaders,
  source: Buffer,
  encoding: Encoding,
  response: GatewayResponse,
): Promise<PreparedAnswer> {
  const { body, headers: encoded } = await compress(source, encoding);
  const common = [...headers, ...encoded];
  const length = ['content-length', String(body.length)];
  if (!caching) return { head: response.prepareHead([...common, ...varyOf(source.length), ...length]), body };
  const etag = etagOf(common, body);
  const validating = [...caching, 'etag', etag];
  const notModified = { etag, head: response.prepareHead(validating) };
  return { head: response.prepareHead([...common, ...validating, ...length]), body, notModified };
}

/** Sends a prepared answer, or 304 if the client has it. Node leaves out the body for HEAD. */
export function sendAnswer(
  request: IncomingMessage,
  response: GatewayResponse,
  { head, body, notModified }: PreparedAnswer,
): void {
  if (notModified && isNotModified(request, notModified.etag)) response.sendPrepared(304, notModified.head);
  else response.sendPrepared(200, head, body);
}
