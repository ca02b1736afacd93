import { z } from 'zod';
import { ProviderFault } from '../fault';

const change = z.object({
  method: z.enum(['PUT', 'PATCH', 'DELETE']),
  instance: z.string(),
  service: z.string(),
  plan: z.string().optional(),
  body: z.record(z.string(), z.unknown()).nullable(),
});

const ticket = z.object({
  /** `accepted` by the broker, or `busy` with an earlier request, so that the change is sent again. */
  is: z.enum(['accepted', 'busy']),
  change,
  operation: z.string().optional(),
});

/** State of a change that the broker has not finished. */
export type Ticket = z.output<typeof ticket>;

/** Serializes a ticket for the row of its step. */
export function writeTicket(it: Ticket): string {
  // An accepted change is never sent again, so its body is dropped.
  return JSON.stringify(it.is === 'accepted' ? { ...it, change: { ...it.change, body: null } } : it);
}

/** Parses a ticket. Throws a permanent fault when it is invalid, so that an operator decides. */
export function readTicket(text: string): Ticket {
  try {
    return ticket.parse(JSON.parse(text));
  } catch (cause) {
    const message = 'The ticket of the work at the provider cannot be read';
    throw new ProviderFault('OUTCOME_UNKNOWN', message, { retryable: false, cause });
  }
}
