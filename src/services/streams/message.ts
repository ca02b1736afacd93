import type { ActorContext } from '../context';

/**
 * A message of a stream before it is sent. It is made anew for every message with a context of its own, so it shows the
 * state that is; null where its viewer may not see it (any more).
 */
export interface Message {
  make(context: ActorContext): Promise<object | null>;
}
