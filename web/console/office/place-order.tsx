import { Card, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import {
  GrowingSubscriptionsDocument,
  type GrowingSubscriptionsQuery,
  OrderProductsDocument,
  type OrderProductsQuery,
  OrderRecipientsDocument,
  type OrderRecipientsQuery,
  PlaceOrderDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { recurring, sum } from '../parts/format';
import { Page } from '../parts/page';
import { type Choice, SearchSelect } from '../parts/search-select';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { type Line, LineCard, type LineTerms } from './order-line';

/** Fields of a line that show their errors. */
const LINE_FIELDS = ['friendlyName', 'quantity', 'addons'];

const recipientsOf = ({ accounts }: OrderRecipientsQuery) => ({
  choices: accounts.nodes.map(({ id, name, reseller }) => ({
    value: id,
    label: reseller ? `${name}, through ${reseller.name}` : name,
  })),
  more: accounts.pageInfo.hasNextPage,
});

const productsOf = ({ products }: OrderProductsQuery) => ({
  choices: products.nodes.map(({ id, name, sku }) => ({
    value: id,
    label: `${name} (${sku})`,
    line: { productId: id, name, subscription: null },
  })),
  more: products.pageInfo.hasNextPage,
});

const subscriptionsOf = ({ subscriptions }: GrowingSubscriptionsQuery) => ({
  choices: subscriptions.nodes.map(({ id, friendlyName, billingCycle, product }) => ({
    value: id,
    label: `${friendlyName}, ${product.name}`,
    line: { productId: product.id, name: friendlyName, subscription: { id, billingCycle } },
  })),
  more: subscriptions.pageInfo.hasNextPage,
});

/** Form of an order on behalf of a customer, with any number of lines. */
export function PlaceOrder() {
  const [, navigate] = useLocation();
  const place = useAction(PlaceOrderDocument);
  const keyFor = useIdempotencyKey();
  const [recipient, setRecipient] = useState<Choice | null>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [nextKey, setNextKey] = useState(0);
  const [terms, setTerms] = useState<ReadonlyMap<number, LineTerms>>(new Map());
  const onTerms = useCallback(
    (key: number, next: LineTerms) => setTerms(now => new Map(now).set(key, next)),
    [],
  );
  const add = (choice: (Choice & { line: Omit<Line, 'key'> }) | null) => {
    if (!choice) return;
    setLines([...lines, { ...choice.line, key: nextKey }]);
    setNextKey(nextKey + 1);
  };
  const known = lines.map(({ key }) => terms.get(key) ?? null);
  const ready = recipient !== null && lines.length > 0 && known.every(each => each !== null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const what = { recipientId: recipient.value, lines: known.flatMap(each => each?.input ?? []) };
    if (await place.run({ input: { ...what, idempotencyKey: keyFor(what) } })) navigate('/office/orders');
  };

  return (
    <Page title="Place an order" lead="On behalf of a customer. It is provisioned once it is executed.">
      <form onSubmit={submit}>
        <Stack maw={720}>
          <Card withBorder padding="lg">
            <SearchSelect
              label="Customer"
              placeholder="Search by name or e-mail address"
              required
              query={OrderRecipientsDocument}
              choicesOf={recipientsOf}
              chosen={recipient}
              onChoose={choice => {
                setRecipient(choice);
                // Subscriptions are those of the customer.
                setLines(lines.filter(({ subscription }) => subscription === null));
              }}
              error={fieldError(place.trouble, 'recipientId')}
            />
          </Card>
          {lines.map((line, index) => (
            <LineCard
              key={line.key}
              line={line}
              index={index}
              recipientId={recipient?.value ?? null}
              trouble={place.trouble}
              onTerms={onTerms}
              onRemove={key => setLines(lines.filter(each => each.key !== key))}
            />
          ))}
          <Card withBorder padding="lg">
            <Stack>
              <SearchSelect
                key={`product ${nextKey}`}
                label={lines.length === 0 ? 'Product' : 'Another product'}
                placeholder="Search by name or SKU"
                query={OrderProductsDocument}
                choicesOf={productsOf}
                chosen={null}
                onChoose={add}
              />
              {recipient && (
                <SearchSelect
                  key={`subscription ${nextKey} ${recipient.value}`}
                  label="Add-ons for a subscription of the customer"
                  placeholder="Search by name, product or SKU"
                  query={GrowingSubscriptionsDocument}
                  variables={{ recipientId: recipient.value }}
                  choicesOf={subscriptionsOf}
                  chosen={null}
                  onChoose={add}
                />
              )}
            </Stack>
          </Card>
          <TroubleAlert
            trouble={place.trouble}
            fields={[
              'recipientId',
              ...lines.flatMap((_, index) => LINE_FIELDS.map(field => `lines.${index}.${field}`)),
            ]}
          />
          <Group justify="space-between">
            <div>
              <Text role="status">{ready && <>Total {totals(known)}, as its payer is charged</>}</Text>
              {lines.some(({ subscription }) => subscription) && (
                <Text size="sm" c="dimmed">
                  Add-ons for a subscription are charged for the rest of its billing period first.
                </Text>
              )}
            </div>
            <ActionButton type="submit" size="md" disabled={!ready} loading={place.busy}>
              Place the order
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

/** Recurring amounts of the order, one for each billing cycle. */
function totals(terms: readonly LineTerms[]): string {
  const known = terms.flatMap(each => each ?? []);
  const cycles = [...new Set(known.map(({ billingCycle }) => billingCycle))];
  return cycles
    .map(each => {
      const amounts = known.filter(({ billingCycle }) => billingCycle === each);
      return recurring(sum(amounts.map(({ amount }) => [amount, 1])), each);
    })
    .join(' and ');
}
