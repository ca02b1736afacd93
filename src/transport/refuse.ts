import type { ServerResponse } from 'node:http';
import { type RequestErrorCode, requestErrors } from '../errors';

/** Answers a request that never becomes a GraphQL request, in the shape of one all the same. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: RequestErrorCode,
  message: string = requestErrors[code],
): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
