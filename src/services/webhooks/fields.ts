import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { invalid, Refusal } from '../../errors';
import { decodeCursor, type EventLog, type LogPosition } from '../../events';
import { eventTypesOf, isEventType, urlProblem } from '../../webhooks';
import type { Dependencies } from '../context';
import { optional, singleLine } from '../input';
import { cancellationStream } from '../streams/cancellation-stream';
import { scopeOf } from '../streams/log-stream';
import { orderStream } from '../streams/order-stream';
import { provisioningStream } from '../streams/provisioning-stream';
import { subscriptionStream } from '../streams/subscription-stream';

const MAX_URL_LENGTH = 2000;
const MAX_TYPES = 50;

/** Scopes of the cursors of streams without a filter, which are positions in the whole log. */
const UNFILTERED = [provisioningStream, cancellationStream, orderStream, subscriptionStream].map(stream =>
  scopeOf(stream, {}),
);

/** Schema of the URL that events are posted to. */
export const urlOf = ({ webhooks }: Pick<Dependencies, 'webhooks'>) =>
  singleLine('The address', MAX_URL_LENGTH).check(context => {
    const refused = context.value && urlProblem(context.value, webhooks.addresses);
    if (refused) context.issues.push({ code: 'custom', message: refused.slice(0, -1), input: context.value });
  });

/** Schema of the description. */
export const description = optional(singleLine('The description', 200));

/** Schema of the event types of a webhook, of one account or of every account. An empty list means all. */
export const eventTypesIn = (everyAccount: boolean) =>
  z
    .array(
      z.string().refine(text => isEventType(text, everyAccount), {
        error: `This webhook cannot have this event type. Choose among ${eventTypesOf(everyAccount).join(', ')}, and groups such as order.*`,
      }),
    )
    .max(MAX_TYPES, { error: `At most ${MAX_TYPES} types can be named` })
    .transform(types => [...new Set(types)]);

/** Reads the event number of a cursor, of a webhook or of a stream without a filter, from the field `name` of an input. */
export async function readCursor(
  events: EventLog,
  cursor: string,
  name: 'after' | 'until' = 'after',
): Promise<number> {
  await events.catchUp();
  const place = read(cursor, name);
  if (!(await events.contains(place)))
    throw new Refusal([invalid([name], 'The cursor points to an event that this gateway does not have.')]);
  return place.seq;
}

function read(cursor: string, name: string): LogPosition {
  try {
    return decodeCursor(cursor, ...UNFILTERED);
  } catch (error) {
    if ((error as Partial<GraphQLError>).extensions?.code !== 'BAD_CURSOR') throw error;
    throw new Refusal([
      invalid([name], 'The cursor belongs neither to a webhook nor to a stream without a filter.'),
    ]);
  }
}
