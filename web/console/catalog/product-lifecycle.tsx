import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  type CatalogProductFieldsFragment,
  PublishProductDocument,
  RetireProductDocument,
  SubscriptionsOfProductDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { Lifecycle } from './lifecycle';

/** Buttons that publish and retire a product. */
export function ProductLifecycle({ product }: { product: CatalogProductFieldsFragment }) {
  const { id, version } = product;
  const publish = useAction(PublishProductDocument);
  const retire = useAction(RetireProductDocument, 'Product');
  const input = { productId: id, expectedVersion: version };
  return (
    <Lifecycle
      item={product}
      of="product"
      publish={{ ...publish, run: () => publish.run({ input }) }}
      retire={{ ...retire, run: () => retire.run({ input }) }}
    >
      <Subscriptions productId={id} />
    </Lifecycle>
  );
}

/** Number of the subscriptions that keep a retired product. */
function Subscriptions({ productId }: { productId: string }) {
  const { t } = useTranslation('catalog');
  const [{ data }] = useQuery({ query: SubscriptionsOfProductDocument, variables: { id: productId } });
  const count = data?.subscriptions.totalCount;
  return (
    <Text size="sm" fw={600} role="status">
      {count === 0 && t('retire.noSubscription')}
      {count !== undefined && count > 0 && t('retire.subscriptions', { count })}
    </Text>
  );
}
