import { BasketDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { useNewestBasket } from './answers';

/** The viewer's basket. */
export function useBasket() {
  const { data, error } = useLiveQuery(BasketDocument, {}, 'Basket');
  return { loaded: data !== undefined, error, ...useNewestBasket(data?.basket) };
}
