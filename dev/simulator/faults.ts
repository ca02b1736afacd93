import { z } from 'zod';
import { ENDPOINTS } from '../../src/providers/impossible-cloud/wire';
import { BROKER_ENDPOINTS } from './broker/endpoints';
import type { Call } from './call';
import { validationMessage } from './requests';

const faultSchema = z.strictObject({
  endpoint: z.enum([...ENDPOINTS, ...BROKER_ENDPOINTS]).optional(),
  recipient: z.string().min(1).max(200).optional(),
  checkOnly: z.boolean().optional(),
  times: z.number().int().min(1).max(1_000_000).nullable().default(1),
  delayMs: z.number().int().min(0).max(600_000).default(0),
  workMs: z.number().int().min(0).max(600_000).optional(),
  // biome-ignore lint/suspicious/noThenProperty: field of the control API for the behavior after the delay; never awaited.
  then: z
    .enum([
      'answer',
      'status',
      'refuse',
      'malformed',
      'hang',
      'resetBefore',
      'resetAfter',
      'answerTwice',
      'failLater',
    ])
    .default('answer'),
  status: z.number().int().min(300).max(599).default(503),
  retryAfter: z.string().min(1).max(50).optional(),
  code: z.number().int().min(-1_000_000).max(-1).default(-1),
  message: z.string().min(1).max(500).default('Refused by the simulator'),
});

/** Fault for matching calls: first the delay, then the behavior `then`. `times` is null for a fault until cleared. */
export type Fault = z.output<typeof faultSchema>;

/** Parses one fault or an array. Returns a message that names the invalid field if the body is invalid. */
export function parseFaults(body: unknown): Fault[] | string {
  const several = Array.isArray(body);
  const parsed = z.array(faultSchema).safeParse(several ? body : [body]);
  if (parsed.success) return parsed.data;
  const words = validationMessage(parsed.error);
  return several ? words : words.replace(/^0[.:]\s?/, '');
}

/** Creates a fault with default values for all other fields. */
export function fault(then: Fault['then'], given: { delayMs?: number; message?: string } = {}): Fault {
  return faultSchema.parse({ ...given, then });
}

/** Pending faults, in the order of their creation. A call consumes one count of the first match. */
export class Faults {
  private pending: Fault[] = [];

  /** Appends faults to the pending ones. */
  add(faults: Fault[]): void {
    this.pending.push(...faults.map(it => ({ ...it })));
  }

  /** Returns the fault for this call and consumes one count of it. Undefined if none matches. */
  take(call: Call): Fault | undefined {
    const found = this.pending.find(it => matches(it, call));
    if (found === undefined) return undefined;
    if (found.times !== null) found.times -= 1;
    this.pending = this.pending.filter(it => it.times !== 0);
    return found;
  }

  /** Returns the pending faults. `times` is the remaining count. */
  list(): Fault[] {
    return this.pending;
  }

  /** Removes all pending faults. */
  clear(): void {
    this.pending = [];
  }
}

function matches(fault: Fault, call: Call): boolean {
  if (fault.endpoint !== undefined && fault.endpoint !== call.endpoint) return false;
  if (fault.checkOnly !== undefined && fault.checkOnly !== call.checkOnly) return false;
  const recipient = fault.recipient?.toLowerCase();
  return recipient === undefined || call.recipient.some(it => it.toLowerCase() === recipient);
}
