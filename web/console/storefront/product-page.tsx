import { Anchor, Card, Group, NumberInput, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { AddToBasketDocument, ProductDocument, type ProductFieldsFragment } from '../../generated/graphql';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { cycle, money, onRequest, storage } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { addonError, fieldError, quantityError, TroubleAlert } from '../parts/trouble';
import { Unknown } from '../parts/unknown';
import { resellers } from '../session/audience';
import { useViewer } from '../session/viewer';
import { AddonFields, isSoldIn } from './addon-fields';
import { useBasketAction } from './basket-action';
import { chosenAddons, type Quantities } from './quantities';

/** Page of a product with its prices and add-ons. */
export function ProductPage({ sku }: { sku: string }) {
  const [{ data, error }] = useQuery({ query: ProductDocument, variables: { sku } });
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { product } = data;
  if (!product) return <Unknown what="product" back="/shop" />;
  return (
    <Page
      title={product.name}
      lead={
        <>
          <Anchor
            component={Link}
            href={`/shop?category=${encodeURIComponent(product.category.slug)}`}
            underline="always"
          >
            <bdi>{product.category.name}</bdi>
          </Anchor>
          {' · '}
          {storage(product.capacityBytes)} · {product.sku}
          {product.description && (
            <Text>
              <bdi>{product.description}</bdi>
            </Text>
          )}
        </>
      }
    >
      <Choice key={product.id} product={product} />
    </Page>
  );
}

function Choice({ product }: { product: ProductFieldsFragment }) {
  const { t } = useTranslation('storefront');
  const [, navigate] = useLocation();
  const isReseller = resellers(useViewer());
  const add = useBasketAction(AddToBasketDocument);
  const keyFor = useIdempotencyKey();
  const [billingCycle, setBillingCycle] = useState(product.prices[0]?.billingCycle ?? 'MONTHLY');
  const [quantity, setQuantity] = useState(1);
  const [addons, setAddons] = useState<Quantities>({});
  const { quantityLimit, allowMultipleSubscriptions } = product.service;
  const oneSubscription = isReseller ? 'oneForEach' : 'oneAtATime';
  const oneLicense = allowMultipleSubscriptions ? 'oneLicense' : oneSubscription;
  const sold = product.addons.filter(addon => isSoldIn(addon, billingCycle)).map(({ id }) => id);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = chosenAddons(addons).filter(({ addonId }) => sold.includes(addonId));
    const input = { productId: product.id, quantity, billingCycle, addons: chosen };
    if (await add.run({ input: { ...input, idempotencyKey: keyFor(input) } })) navigate('/basket');
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert
          trouble={add.trouble}
          fields={['billingCycle', 'addons', ...(quantityLimit === 1 ? [] : ['quantity'])]}
        />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Card withBorder padding="lg">
            <Title order={2} size="h4" mb="sm">
              {t('product.price')}
            </Title>
            {product.prices.length === 0 && (
              <Text>{t('product.askReseller', { onRequest: onRequest() })}</Text>
            )}
            <Radio.Group
              aria-label={t('product.billingCycle')}
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
                {t(`product.${oneLicense}`)}
              </Text>
            ) : (
              <NumberInput
                mt="md"
                maw={160}
                label={t('licenses')}
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
                {t('addons.title')}
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
              {t('addToBasket')}
            </ActionButton>
          </Group>
        )}
      </Stack>
    </form>
  );
}
