import { Button, Card, Group, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import {
  AccountsDocument,
  type AccountsQuery,
  CategoriesDocument,
  PlaceOrderDocument,
  type ProductFieldsFragment,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { cycle, money } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { AddonFields, chosenAddons, type Quantities } from '../storefront/addon-fields';

/** Form of an order on behalf of a customer. */
export function PlaceOrder() {
  const [accounts] = useQuery({ query: AccountsDocument, variables: {} });
  const [catalog] = useQuery({ query: CategoriesDocument });
  const error = accounts.error ?? catalog.error;
  const ready = accounts.data && catalog.data;
  return (
    <Page title="Place an order" lead="On behalf of a customer. It is provisioned once it is executed.">
      {!ready && (error ? <Failed error={error} /> : <Waiting />)}
      {accounts.data && catalog.data && (
        <OrderForm
          accounts={accounts.data.accounts.nodes}
          products={catalog.data.categories.flatMap(category => category.products.nodes)}
        />
      )}
    </Page>
  );
}

type Account = AccountsQuery['accounts']['nodes'][number];

const accountName = ({ name, kind, reseller }: Account): string =>
  kind === 'RESELLER' ? `${name} (reseller)` : reseller ? `${name}, through ${reseller.name}` : name;

function OrderForm({
  accounts,
  products,
}: {
  accounts: readonly Account[];
  products: readonly ProductFieldsFragment[];
}) {
  const [, navigate] = useLocation();
  const place = useAction(PlaceOrderDocument);
  const keyFor = useIdempotencyKey();
  const [recipientId, setRecipientId] = useState<string | null>(null);
  const [product, setProduct] = useState<ProductFieldsFragment | undefined>();
  const [billingCycle, setBillingCycle] = useState<string | null>(null);
  const [friendlyName, setFriendlyName] = useState('');
  const [addons, setAddons] = useState<Quantities>({});
  const price = product?.prices.find(each => each.billingCycle === billingCycle) ?? product?.prices[0];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!recipientId || !product || !price) return;
    const line = {
      productId: product.id,
      quantity: 1,
      billingCycle: price.billingCycle,
      friendlyName: friendlyName || null,
      addons: chosenAddons(addons),
    };
    const what = { recipientId, lines: [line] };
    if (await place.run({ input: { ...what, idempotencyKey: keyFor(what) } })) navigate('/office/orders');
  };

  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        <TroubleAlert trouble={place.trouble} fields={['recipientId', 'friendlyName', 'quantity']} />
        <Card withBorder padding="lg">
          <Stack>
            <Select
              label="Customer"
              placeholder="Who receives the service"
              required
              searchable
              data={accounts.map(account => ({ value: account.id, label: accountName(account) }))}
              value={recipientId}
              onChange={setRecipientId}
              error={fieldError(place.trouble, 'recipientId')}
            />
            <Select
              label="Product"
              placeholder="What is ordered"
              required
              data={products.map(({ id, name }) => ({ value: id, label: name }))}
              value={product?.id ?? null}
              onChange={id => {
                setProduct(products.find(each => each.id === id));
                setAddons({});
              }}
            />
            {product && price && (
              <>
                <Select
                  label="Billing cycle"
                  allowDeselect={false}
                  data={product.prices.map(each => ({
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
                  addons={product.addons}
                  billingCycle={price.billingCycle}
                  quantities={addons}
                  onChange={setAddons}
                  of={product.name}
                  error={fieldError(place.trouble, 'quantity')}
                />
              </>
            )}
          </Stack>
        </Card>
        <Group justify="flex-end">
          <Button type="submit" size="md" loading={place.busy}>
            Place the order
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
