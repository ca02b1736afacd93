import { z } from 'zod';
import { fromStatus, unreadableResponse } from '../classify';
import { type HttpResponse, parseJson } from '../http/exchange';
import type { ResultDefinition } from './wire';

/** Lenient: vendors send numbers as strings and omit members. Only `Code` is required. */
const resultSchema = z.object({
  Code: z.union([
    z.number().int(),
    z
      .string()
      .regex(/^-?\d{1,9}$/)
      .transform(Number),
  ]),
  Message: z.string().nullish().catch(null),
  Result: z.union([z.string(), z.number().transform(String)]).nullish(),
});

const messageSchema = z.object({ Message: z.string().min(1).max(1_000) });

/** Parses the JSON of a 2xx response. Throws ProviderFault for any other response. */
export function readBody(response: HttpResponse): unknown {
  const json = parseJson(response.body);
  const fault = fromStatus(response, messageSchema.safeParse(json).data?.Message);
  if (fault !== undefined) throw fault;
  if (json === undefined) throw unreadableResponse('it is not JSON');
  return json;
}

/** Parses the result of a response, which may be a refusal. Throws ProviderFault for any other response. */
export function readResult(response: HttpResponse): ResultDefinition {
  const result = resultSchema.safeParse(readBody(response));
  if (!result.success) throw unreadableResponse('it is not a result');
  const { Code, Message, Result } = result.data;
  return { Code, Message: Message ?? null, Result: Result || null };
}
