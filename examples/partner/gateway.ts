import { setTimeout as pause } from 'node:timers/promises';
import { createSender, GraphQLRequestError, type TypedDocument } from '../../client';
import { credential } from './credential';
import type { TypedDocumentString } from './generated';
import { GRAPH } from './settings';

const MAX_ATTEMPTS = 6;
const FIRST_DELAY_MS = 250;

const sendOnce = createSender({ url: GRAPH, token: credential.token });

/**
 * Sends a document. Repeats it while the gateway cannot be reached or cannot answer. That is safe for each mutation of this
 * example: it has an idempotency key, or its second execution changes nothing.
 */
export async function send<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce(document.toString() as TypedDocument<Data, Variables>, variables);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isTemporary(error)) throw error;
      await pause(FIRST_DELAY_MS * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

/** Whether a retry can succeed. `fetch` throws a TypeError for every failure of the network. */
const isTemporary = (error: unknown): boolean =>
  error instanceof GraphQLRequestError ? error.passing : error instanceof TypeError;
