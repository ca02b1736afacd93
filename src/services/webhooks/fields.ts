import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { invalid, Refusal } from '../../errors/index';
import { decodeCursor, type EventLog, type LogPosition } from '../../events/index';
import { isEventType, PUBLISHED_EVENT_TYPES, urlProblem } from '../../webhooks/index';
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

/** Schema of the event types. An empty list means all. */
export const eventTypes = z
  .array(
    z.string().refine(isEventType, {
      error: `This event type does not exist. Choose among ${PUBLISHED_EVENT_TYPES.join(', ')}, and groups such as order.*`,
    }),
  )
  .max(MAX_TYPES, { error: `At most ${MAX_TYPES} types can be named` })
  .transform(types => [...new Set(types)]);

/** Reads the event number of the cursor `after`, of a webhook or of a stream without a filter. */
export async function readCursor(events: EventLog, after: string): Promise<number> {
  await events.catchUp();
  const place = read(after);
  if (!(await events.contains(place)))
    throw new Refusal([invalid(['after'], 'The cursor points to an event that this gateway does not have.')]);
  return place.seq;
}

function read(after: string): LogPosition {
  try {
    return decodeCursor(after, ...UNFILTERED);
  } catch (error) {
    if ((error as Partial<GraphQLError>).extensions?.code !== 'BAD_CURSOR') throw error;
    throw new Refusal([
      invalid(['after'], 'The cursor belongs neither to a webhook nor to a stream without a filter.'),
    ]);
  }
}
