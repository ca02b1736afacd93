import { useState } from 'react';
import { BasketDocument, type BasketFieldsFragment } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';

/** A basket as a mutation gave it. */
export type AnsweredBasket = BasketFieldsFragment | null;

/**
 * The viewer's basket. A mutation answers with the basket as it has become: `answered` puts that in place at once, so
 * that the next change names the right version though the query has not been read again yet.
 */
export function useBasket() {
  const { data, error } = useLiveQuery(BasketDocument, {}, 'Basket');
  const [answer, answered] = useState<AnsweredBasket>(null);
  const read = data?.basket ?? null;
  const ahead = answer !== null && answer.id === read?.id && answer.version > read.version;
  return { loaded: data !== undefined, error, basket: ahead ? answer : read, answered };
}
