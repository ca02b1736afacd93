import { Card, Group, Stack, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { AddToBasketDocument, type SubscriptionQuery } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { addonError, TroubleAlert } from '../parts/trouble';
import { AddonFields, chosenAddons, type Quantities } from './addon-fields';

/** Dialog that adds add-ons for a live subscription to the basket. */
export function BuyAddons({
  subscription,
}: {
  subscription: NonNullable<SubscriptionQuery['subscription']>;
}) {
  const [, navigate] = useLocation();
  const add = useAction(AddToBasketDocument);
  const [quantities, setQuantities] = useState<Quantities>({});
  const addons = chosenAddons(quantities);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // No licenses of the product, only add-ons.
    const input = { subscriptionId: subscription.id, addons };
    if (await add.run({ input })) navigate('/basket');
  };

  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="addons">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4" id="addons">
            Buy add-ons
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
              Add to basket
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
