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
  // biome-ignore lint/suspicious/noThenProperty: the control's word for what follows the delay; never awaited.
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

/** What happens to matching calls: first the delay, then what `then` says. `times` null is until cleared. */
export type Fault = z.output<typeof faultSchema>;

/** The faults in a control's body, one or an array; or a sentence that names the field that is wrong. */
export function parseFaults(body: unknown): Fault[] | string {
  const several = Array.isArray(body);
  const parsed = z.array(faultSchema).safeParse(several ? body : [body]);
  if (parsed.success) return parsed.data;
  const words = validationMessage(parsed.error);
  return several ? words : words.replace(/^0[.:]\s?/, '');
}

/** A fault with everything at its default but what is given. */
export function fault(then: Fault['then'], given: { delayMs?: number; message?: string } = {}): Fault {
  return faultSchema.parse({ ...given, then });
}

/** The faults that wait for their calls, in the order in which they were set; a call uses up one of the first match. */
export class Faults {
  private pending: Fault[] = [];

  /** Queues faults behind those that wait. */
  add(faults: Fault[]): void {
    this.pending.push(...faults.map(it => ({ ...it })));
  }

  /** The fault for this call, used up by it; undefined when none matches. */
  take(call: Call): Fault | undefined {
    const found = this.pending.find(it => matches(it, call));
    if (found === undefined) return undefined;
    if (found.times !== null) found.times -= 1;
    this.pending = this.pending.filter(it => it.times !== 0);
    return found;
  }

  /** What waits; `times` is how often it still will. */
  list(): Fault[] {
    return this.pending;
  }

  /** Forgets all that wait. */
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
