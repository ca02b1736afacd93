import { useCallback, useEffect } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { BasketDocument, type ErrorFieldsFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useViewer } from '../session/viewer';
import { type AnsweredBasket, answered } from './answers';
import { announceBasket } from './basket-channel';

type Payloads = Record<
  string,
  { readonly errors: readonly ErrorFieldsFragment[]; readonly basket?: AnsweredBasket }
>;

/**
 * Hook of a mutation of the basket. Other tabs hear of its success. After a version conflict the basket is read again, so that
 * the next attempt is made with what the buyer sees.
 */
export function useBasketAction<Data extends Payloads, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
) {
  const { id } = useViewer();
  const client = useClient();
  const action = useAction(document, 'Basket');
  const { run: send, trouble } = action;
  const conflict = trouble.errors.some(({ code }) => code === 'VERSION_CONFLICT');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failed attempt has another trouble
  useEffect(() => {
    if (conflict) client.query(BasketDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  }, [client, conflict, trouble]);
  const run = useCallback(
    async (variables: Variables) => {
      const payload = await send(variables);
      if (!payload) return null;
      answered(payload.basket ?? null);
      announceBasket(id);
      return payload;
    },
    [send, id],
  );
  return { ...action, run, conflict };
}
