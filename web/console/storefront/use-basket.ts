import { useState } from 'react';
import { BasketDocument, type BasketFieldsFragment } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';

/** Basket in the payload of a mutation. */
export type AnsweredBasket = BasketFieldsFragment | null;

/**
 * The viewer's basket. `answered` stores the basket of a payload at once, so that the next change sends the right version
 * before the query has run again.
 */
export function useBasket() {
  const { data, error } = useLiveQuery(BasketDocument, {}, 'Basket');
  const [answer, answered] = useState<AnsweredBasket>(null);
  const read = data?.basket ?? null;
  const ahead = answer !== null && answer.id === read?.id && answer.version > read.version;
  return { loaded: data !== undefined, error, basket: ahead ? answer : read, answered };
}
