import { Anchor, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { AddToBasketDocument, type AddToBasketInput } from '../../generated/graphql';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';
import { useBasketAction } from './basket-action';
import type { Order } from './order-page';

/** Line for the basket like one of an order. Add-ons for a subscription are bought for it again. */
function inputOf(line: Order['lines'][number]): AddToBasketInput {
  const addons = line.addons.map(({ addon, quantity }) => ({ addonId: addon.id, quantity }));
  if (line.quantity === 0 && line.subscription) return { subscriptionId: line.subscription.id, addons };
  const { product, quantity, billingCycle, friendlyName } = line;
  return { productId: product.id, quantity, billingCycle, friendlyName, addons };
}

/** Button that puts the lines of an order into the basket again. */
export function OrderAgain({ order }: { order: Order }) {
  const { t } = useTranslation('storefront');
  const [, navigate] = useLocation();
  const add = useBasketAction(AddToBasketDocument);
  const keyFor = useIdempotencyKey();
  const [added, setAdded] = useState<readonly string[]>([]);
  const submit = async () => {
    // After a failure, the lines that are in the basket are left out.
    for (const line of order.lines.filter(({ id }) => !added.includes(id))) {
      const input = inputOf(line);
      if (!(await add.run({ input: { ...input, idempotencyKey: keyFor({ ...input, line: line.id }) } })))
        return;
      setAdded(before => [...before, line.id]);
    }
    navigate('/basket');
  };
  return (
    <Stack gap="xs" align="flex-start">
      <ActionButton size="xs" variant="default" loading={add.busy} onClick={submit}>
        {t('order.again')}
      </ActionButton>
      <TroubleAlert trouble={add.trouble} />
      {added.length > 0 && !add.busy && (
        <Anchor component={Link} href="/basket" size="sm">
          {t('order.someAdded', { count: added.length })}
        </Anchor>
      )}
    </Stack>
  );
}
