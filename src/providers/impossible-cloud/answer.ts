import { z } from 'zod';
import { fromStatus, unreadableResponse } from '../classify';
import { type HttpResponse, parseJson } from '../http/exchange';
import type { ResultDefinition } from './wire';

/** Lenient on purpose: vendors write numbers as strings and leave members out; only `Code` has to be there. */
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

/** The JSON of a complete answer with a good status; throws ProviderFault for any other. */
export function readBody(answer: HttpResponse): unknown {
  const json = parseJson(answer.body);
  const fault = fromStatus(answer, messageSchema.safeParse(json).data?.Message);
  if (fault !== undefined) throw fault;
  if (json === undefined) throw unreadableResponse('it is not JSON');
  return json;
}

/** The contract's result in a complete answer, refusals included; throws ProviderFault for anything else. */
export function readResult(answer: HttpResponse): ResultDefinition {
  const result = resultSchema.safeParse(readBody(answer));
  if (!result.success) throw unreadableResponse('it is not a result');
  const { Code, Message, Result } = result.data;
  return { Code, Message: Message ?? null, Result: Result || null };
}
