import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { SubscriptionOwnersDocument } from '../../generated/graphql';

/** Maximum number of ids in one query. */
const MAX_IDS = 100;

/** Names of the customers of subscriptions, by id of the subscription. Each is read once. */
export function useOwners(subscriptionIds: readonly string[]): ReadonlyMap<string, string> {
  const client = useClient();
  const [owners, setOwners] = useState<ReadonlyMap<string, string>>(new Map());
  const missing = [...new Set(subscriptionIds)].filter(id => !owners.has(id)).slice(0, MAX_IDS);
  const wanted = missing.join(' ');
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    void client.query(SubscriptionOwnersDocument, { ids: wanted.split(' ') }).then(({ data }) => {
      if (!here || !data) return;
      const read = data.nodes.flatMap(node =>
        node && 'account' in node ? [[node.id, node.account.name] as const] : [],
      );
      setOwners(known => new Map([...known, ...read]));
    });
    return () => {
      here = false;
    };
  }, [client, wanted]);
  return owners;
}
