import { Alert, Button, Card, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import {
  OrderProductsDocument,
  type OrderProductsQuery,
  OrderRecipientsDocument,
  type OrderRecipientsQuery,
  PayerPricesDocument,
  type PayerPricesQuery,
  PlaceOrderDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { cycle, money, recurring, sum } from '../parts/format';
import { Page } from '../parts/page';
import { type Choice, SearchSelect } from '../parts/search-select';
import { Failed, Waiting } from '../parts/states';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { AddonFields, chosenAddons, type Quantities } from '../storefront/addon-fields';

const recipientsOf = ({ accounts }: OrderRecipientsQuery) => ({
  choices: accounts.nodes.map(({ id, name, reseller }) => ({
    value: id,
    label: reseller ? `${name}, through ${reseller.name}` : name,
  })),
  more: accounts.pageInfo.hasNextPage,
});

const productsOf = ({ products }: OrderProductsQuery) => ({
  choices: products.nodes.map(({ id, name, sku }) => ({ value: id, label: `${name} (${sku})` })),
  more: products.pageInfo.hasNextPage,
});

/** Form of an order on behalf of a customer. */
export function PlaceOrder() {
  const [recipient, setRecipient] = useState<Choice | null>(null);
  const [product, setProduct] = useState<Choice | null>(null);
  const [{ data, error, operation }] = useQuery({
    query: PayerPricesDocument,
    variables: { id: product?.value ?? '', recipientId: recipient?.value ?? '' },
    pause: !recipient || !product,
  });
  // While it loads, the data is still that of the previous choice, whose payer has other prices.
  const isCurrent =
    operation?.variables.id === product?.value && operation?.variables.recipientId === recipient?.value;
  const terms = isCurrent ? data?.product : null;
  return (
    <Page title="Place an order" lead="On behalf of a customer. It is provisioned once it is executed.">
      <Stack maw={720}>
        <Card withBorder padding="lg">
          <Stack>
            <SearchSelect
              label="Customer"
              placeholder="Search by name or e-mail address"
              query={OrderRecipientsDocument}
              choicesOf={recipientsOf}
              chosen={recipient}
              onChoose={setRecipient}
            />
            <SearchSelect
              label="Product"
              placeholder="Search by name or SKU"
              query={OrderProductsDocument}
              choicesOf={productsOf}
              chosen={product}
              onChoose={setProduct}
            />
          </Stack>
        </Card>
        {recipient && product && !terms && (error ? <Failed error={error} /> : <Waiting rows={1} />)}
        {recipient && terms && <Terms key={terms.id} recipientId={recipient.value} product={terms} />}
      </Stack>
    </Page>
  );
}

type Product = NonNullable<PayerPricesQuery['product']>;

/** Terms of the order at the prices of the payer, and the button that places it. */
function Terms({ recipientId, product }: { recipientId: string; product: Product }) {
  const [, navigate] = useLocation();
  const place = useAction(PlaceOrderDocument);
  const keyFor = useIdempotencyKey();
  const [billingCycle, setBillingCycle] = useState<string | null>(null);
  const [friendlyName, setFriendlyName] = useState('');
  const [quantities, setQuantities] = useState<Quantities>({});
  const prices = product.payerPrices;
  const price = prices.find(each => each.billingCycle === billingCycle) ?? prices[0];
  if (!price) {
    return (
      <Alert color="yellow" title="Not for sale to this customer">
        {product.name} has no price on the price list of the payer. Choose another product.
      </Alert>
    );
  }
  const addons = product.addons.map(addon => ({ ...addon, prices: addon.payerPrices }));
  const chosen = chosenAddons(quantities);
  const total = sum([
    [price.unitPrice, 1],
    ...chosen.map(({ addonId }) => {
      const addon = addons.find(({ id }) => id === addonId);
      const unit = addon?.prices.find(each => each.billingCycle === price.billingCycle)?.unitPrice;
      return [unit, quantities[addonId] ?? 0] as const;
    }),
  ]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const line = {
      productId: product.id,
      quantity: 1,
      billingCycle: price.billingCycle,
      friendlyName: friendlyName || null,
      addons: chosen,
    };
    const what = { recipientId, lines: [line] };
    if (await place.run({ input: { ...what, idempotencyKey: keyFor(what) } })) navigate('/office/orders');
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert trouble={place.trouble} fields={['friendlyName', 'quantity']} />
        <Card withBorder padding="lg">
          <Stack>
            <Select
              label="Billing cycle"
              allowDeselect={false}
              data={prices.map(each => ({
                value: each.billingCycle,
                label: `${cycle(each.billingCycle).name}, ${money(each.unitPrice)}`,
              }))}
              value={price.billingCycle}
              onChange={setBillingCycle}
            />
            <TextInput
              label="Friendly name of the subscription"
              placeholder={product.name}
              maxLength={100}
              value={friendlyName}
              error={fieldError(place.trouble, 'friendlyName')}
              onChange={event => setFriendlyName(event.currentTarget.value)}
            />
            <AddonFields
              addons={addons}
              billingCycle={price.billingCycle}
              quantities={quantities}
              onChange={setQuantities}
              of={product.name}
              error={fieldError(place.trouble, 'quantity')}
            />
          </Stack>
        </Card>
        <Group justify="space-between">
          <Text role="status">
            Total <strong>{recurring(total, price.billingCycle)}</strong>, as its payer is charged
          </Text>
          <Button type="submit" size="md" loading={place.busy}>
            Place the order
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
