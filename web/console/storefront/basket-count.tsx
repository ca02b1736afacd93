import { Badge } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { BasketDocument } from '../../generated/graphql';
import { useViewer } from '../session/viewer';
import { newest } from './answers';
import { announceBasket, onBasketNews } from './basket-channel';
import { useDrafts } from './drafts';
import { startSaver } from './saver';

/** Time within which returning to the tab does not read the basket again, in milliseconds. */
const REST_MS = 2000;

/** Badge with the number of lines in the basket. Every page of a buyer has it, so it also keeps the basket up to date. */
export function BasketCount() {
  const { t } = useTranslation();
  useUpToDate();
  const [{ data }] = useQuery({ query: BasketDocument, requestPolicy: 'cache-first' });
  const count = newest(data?.basket ?? null)?.lines.length ?? 0;
  if (count === 0) return null;
  return (
    <Badge size="sm" circle ml={6} aria-label={t('basketLines', { count })}>
      {count}
    </Badge>
  );
}

/** Saves edits of the basket, also those of another page, and reads what was changed elsewhere. */
function useUpToDate(): void {
  const { id } = useViewer();
  const client = useClient();
  const drafts = useDrafts();
  useEffect(() => startSaver(client, drafts, () => announceBasket(id)), [client, drafts, id]);
  useEffect(() => {
    let readAt = Date.now();
    return onBasketNews(id, isNews => {
      if (!isNews && Date.now() - readAt < REST_MS) return;
      readAt = Date.now();
      client.query(BasketDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    });
  }, [client, id]);
}
