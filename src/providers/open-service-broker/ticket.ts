import { z } from 'zod';
import { ProviderFault } from '../port';

const change = z.object({
  method: z.enum(['PUT', 'PATCH', 'DELETE']),
  instance: z.string(),
  service: z.string(),
  plan: z.string(),
  body: z.record(z.string(), z.unknown()).nullable(),
});

const ticket = z.object({
  /** `accepted`: the broker works on it. `busy`: it was at something else, and the change has to be sent again. */
  is: z.enum(['accepted', 'busy']),
  change,
  operation: z.string().optional(),
});

/** What is to be known about a change that the broker has not finished. */
export type Ticket = z.output<typeof ticket>;

/** As text, to be kept in a row. */
export function writeTicket(it: Ticket): string {
  // What was accepted is never sent again, so its body need not be kept.
  return JSON.stringify(it.is === 'accepted' ? { ...it, change: { ...it.change, body: null } } : it);
}

/** The ticket that `text` is; one that can't be read was not written here, and a person has to decide. */
export function readTicket(text: string): Ticket {
  try {
    return ticket.parse(JSON.parse(text));
  } catch (cause) {
    const words = 'What was noted about the work at the provider cannot be read';
    throw new ProviderFault('OUTCOME_UNKNOWN', words, { retryable: false, cause });
  }
}
