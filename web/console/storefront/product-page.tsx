import { Anchor, Card, Group, NumberInput, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { AddToBasketDocument, ProductDocument, type ProductFieldsFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { cycle, money, onRequest, storage } from '../parts/format';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { addonError, fieldError, quantityError, TroubleAlert } from '../parts/trouble';
import { AddonFields, chosenAddons, type Quantities } from './addon-fields';

/** Page of a product with its prices and add-ons. */
export function ProductPage({ sku }: { sku: string }) {
  const [{ data, error }] = useQuery({ query: ProductDocument, variables: { sku } });
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { product } = data;
  if (!product) return <Empty title="This product is no longer sold" />;
  return (
    <Page
      title={product.name}
      lead={
        <>
          <Anchor component={Link} href="/shop" underline="always">
            {product.category.name}
          </Anchor>
          {' · '}
          {storage(product.capacityBytes)} · {product.sku}
        </>
      }
    >
      <Choice key={product.id} product={product} />
    </Page>
  );
}

function Choice({ product }: { product: ProductFieldsFragment }) {
  const [, navigate] = useLocation();
  const add = useAction(AddToBasketDocument);
  const [billingCycle, setBillingCycle] = useState(product.prices[0]?.billingCycle ?? 'MONTHLY');
  const [quantity, setQuantity] = useState(1);
  const [addons, setAddons] = useState<Quantities>({});
  const { quantityLimit, allowMultipleSubscriptions } = product.service;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { productId: product.id, quantity, billingCycle, addons: chosenAddons(addons) };
    if (await add.run({ input })) navigate('/basket');
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert trouble={add.trouble} fields={['quantity', 'billingCycle', 'addons']} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Card withBorder padding="lg">
            <Title order={2} size="h4" mb="sm">
              Price
            </Title>
            {product.prices.length === 0 && (
              <Text>{onRequest()}. Ask your reseller, who orders for you.</Text>
            )}
            <Radio.Group
              aria-label="Billing cycle"
              value={billingCycle}
              onChange={value => setBillingCycle(value as typeof billingCycle)}
              error={fieldError(add.trouble, 'billingCycle')}
            >
              <Stack gap="sm">
                {product.prices.map(price => (
                  <Radio
                    key={price.billingCycle}
                    value={price.billingCycle}
                    label={
                      <>
                        {cycle(price.billingCycle).name} · <strong>{money(price.unitPrice)}</strong>{' '}
                        {cycle(price.billingCycle).each}
                      </>
                    }
                  />
                ))}
              </Stack>
            </Radio.Group>
            {quantityLimit === 1 ? (
              <Text size="sm" c="dimmed" mt="md">
                One license
                {allowMultipleSubscriptions ? '' : ', and one active subscription for each customer'}.
              </Text>
            ) : (
              <NumberInput
                mt="md"
                maw={160}
                label="Licenses"
                min={1}
                {...(quantityLimit !== null && { max: quantityLimit })}
                allowDecimal={false}
                value={quantity}
                onChange={value => setQuantity(Number(value) || 1)}
                error={quantityError(add.trouble)}
              />
            )}
          </Card>
          {product.addons.length > 0 && (
            <Card withBorder padding="lg">
              <Title order={2} size="h4" mb="sm">
                Add-ons
              </Title>
              <AddonFields
                addons={product.addons}
                billingCycle={billingCycle}
                quantities={addons}
                onChange={setAddons}
                of={product.name}
                error={addonError(add.trouble)}
              />
            </Card>
          )}
        </SimpleGrid>
        {product.prices.length > 0 && (
          <Group justify="flex-end">
            <ActionButton type="submit" size="md" loading={add.busy}>
              Add to basket
            </ActionButton>
          </Group>
        )}
      </Stack>
    </form>
  );
}
