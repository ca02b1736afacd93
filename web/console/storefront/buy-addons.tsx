import { Card, Group, Stack, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AddToBasketDocument, type SubscriptionQuery } from '../../generated/graphql';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { addonError, TroubleAlert } from '../parts/trouble';
import { AddonFields } from './addon-fields';
import { useBasketAction } from './basket-action';
import { chosenAddons, type Quantities } from './quantities';

/** Form that adds add-ons for a live subscription to the basket. */
export function BuyAddons({
  subscription,
}: {
  subscription: NonNullable<SubscriptionQuery['subscription']>;
}) {
  const { t } = useTranslation('storefront');
  const [, navigate] = useLocation();
  const add = useBasketAction(AddToBasketDocument);
  const keyFor = useIdempotencyKey();
  const [quantities, setQuantities] = useState<Quantities>({});
  const addons = chosenAddons(quantities);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // No licenses of the product, only add-ons.
    const input = { subscriptionId: subscription.id, addons };
    if (await add.run({ input: { ...input, idempotencyKey: keyFor(input) } })) navigate('/basket');
  };

  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="addons">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4" id="addons">
            {t('addons.buy')}
          </Title>
          <TroubleAlert trouble={add.trouble} fields={['addons']} />
          <AddonFields
            addons={subscription.product.addons}
            billingCycle={subscription.billingCycle}
            quantities={quantities}
            onChange={setQuantities}
            of={subscription.friendlyName}
            error={addonError(add.trouble)}
          />
          <Group justify="flex-end">
            <ActionButton type="submit" disabled={addons.length === 0} loading={add.busy}>
              {t('addToBasket')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
