import { Card, Group, Stack, Text, TextInput } from '@mantine/core';
import i18next from 'i18next';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation, useSearchParams } from 'wouter';
import {
  GrowingSubscriptionsDocument,
  type GrowingSubscriptionsQuery,
  OrderProductsDocument,
  type OrderProductsQuery,
  OrderRecipientsDocument,
  type OrderRecipientsQuery,
  PlaceOrderDocument,
  SubscriptionToGrowDocument,
  type SubscriptionToGrowQuery,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { currentLocale } from '../i18n';
import { ActionButton } from '../parts/action-button';
import { recurring, sum } from '../parts/format';
import { Page } from '../parts/page';
import { type Choice, SearchSelect } from '../parts/search-select';
import { Failed, Waiting } from '../parts/states';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { type Line, LineCard, type LineTerms } from './order-line';

/** Fields of a line that show their errors. */
const LINE_FIELDS = ['friendlyName', 'quantity'];

const recipientChoice = (account: OrderRecipientsQuery['accounts']['nodes'][number]): Choice => {
  const { id, name, reseller } = account;
  return {
    value: id,
    label: reseller ? i18next.t('office:place.through', { name, reseller: reseller.name }) : name,
  };
};

const recipientsOf = ({ accounts }: OrderRecipientsQuery) => ({
  choices: accounts.nodes.map(recipientChoice),
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

const lineOf = (subscription: GrowingSubscriptionsQuery['subscriptions']['nodes'][number]) => {
  const { id, friendlyName, billingCycle, product } = subscription;
  return { productId: product.id, name: friendlyName, subscription: { id, billingCycle } };
};

const subscriptionsOf = ({ subscriptions }: GrowingSubscriptionsQuery) => ({
  choices: subscriptions.nodes.map(subscription => ({
    value: subscription.id,
    label: `${subscription.friendlyName}, ${subscription.product.name}`,
    line: lineOf(subscription),
  })),
  more: subscriptions.pageInfo.hasNextPage,
});

/** Page of an order on behalf of a customer. `subscription` in the address is one to buy add-ons for. */
export function PlaceOrder() {
  const { t } = useTranslation('office');
  // Add-ons have their texts there. To load them with the first line would hide the page, and take the focus from it.
  useTranslation('storefront');
  const [params] = useSearchParams();
  const id = params.get('subscription');
  const [{ data, error }] = useQuery({
    query: SubscriptionToGrowDocument,
    variables: { id: id ?? '' },
    pause: !id,
  });
  const ready = !id || data;
  return (
    <Page title={t('place.title')} lead={t('place.lead')}>
      {ready ? <OrderForm key={id} grows={data?.subscription ?? null} /> : null}
      {!ready && (error ? <Failed error={error} /> : <Waiting />)}
    </Page>
  );
}

/** Form of an order with any number of lines. */
function OrderForm({ grows }: { grows: SubscriptionToGrowQuery['subscription'] }) {
  const { t } = useTranslation('office');
  const [, navigate] = useLocation();
  const place = useAction(PlaceOrderDocument);
  const keyFor = useIdempotencyKey();
  const [recipient, setRecipient] = useState<Choice | null>(grows && recipientChoice(grows.account));
  const [lines, setLines] = useState<readonly Line[]>(() => (grows ? [{ ...lineOf(grows), key: 0 }] : []));
  const [purchaseOrderNumber, setPurchaseOrderNumber] = useState('');
  const [nextKey, setNextKey] = useState(1);
  const adding = useRef<HTMLDivElement>(null);
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

  const remove = (key: number) => {
    setLines(lines.filter(each => each.key !== key));
    // The focus would be lost with the button.
    adding.current?.focus();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const what = {
      recipientId: recipient.value,
      purchaseOrderNumber: purchaseOrderNumber.trim() || null,
      lines: known.flatMap(each => each?.input ?? []),
    };
    if (await place.run({ input: { ...what, idempotencyKey: keyFor(what) } })) navigate('/office/orders');
  };

  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        <Card withBorder padding="lg">
          <Stack>
            <SearchSelect
              label={t('place.customer')}
              placeholder={t('place.customerSearch')}
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
            <TextInput
              label={t('place.purchaseOrder')}
              description={t('place.purchaseOrderHint')}
              maxLength={100}
              value={purchaseOrderNumber}
              onChange={event => setPurchaseOrderNumber(event.currentTarget.value)}
              error={fieldError(place.trouble, 'purchaseOrderNumber')}
            />
          </Stack>
        </Card>
        {lines.map((line, index) => (
          <LineCard
            key={line.key}
            line={line}
            index={index}
            recipientId={recipient?.value ?? null}
            trouble={place.trouble}
            onTerms={onTerms}
            onRemove={remove}
          />
        ))}
        <Card
          withBorder
          padding="lg"
          component="section"
          aria-label={t('place.add')}
          ref={adding}
          tabIndex={-1}
        >
          <Stack>
            <SearchSelect
              key={`product ${nextKey}`}
              label={t(lines.length === 0 ? 'place.product' : 'place.anotherProduct')}
              placeholder={t('place.productSearch')}
              query={OrderProductsDocument}
              choicesOf={productsOf}
              chosen={null}
              onChoose={add}
            />
            {recipient && (
              <SearchSelect
                key={`subscription ${nextKey} ${recipient.value}`}
                label={t('place.subscription')}
                placeholder={t('place.subscriptionSearch')}
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
            'purchaseOrderNumber',
            'addons',
            ...lines.flatMap((_, index) => LINE_FIELDS.map(field => `lines.${index}.${field}`)),
          ]}
        />
        <Group justify="space-between">
          <div>
            <Text role="status">{ready && t('place.total', { total: totals(known) })}</Text>
            {lines.some(({ subscription }) => subscription) && (
              <Text size="sm" c="dimmed">
                {t('place.rest')}
              </Text>
            )}
          </div>
          <ActionButton type="submit" size="md" disabled={!ready} loading={place.busy}>
            {t('place.submit')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

/** Recurring amounts of the order, one for each billing cycle. */
function totals(terms: readonly LineTerms[]): string {
  const known = terms.flatMap(each => each ?? []);
  const cycles = [...new Set(known.map(({ billingCycle }) => billingCycle))];
  const amounts = cycles.map(each => {
    const ofCycle = known.filter(({ billingCycle }) => billingCycle === each);
    return recurring(sum(ofCycle.map(({ amount }) => [amount, 1])), each);
  });
  return new Intl.ListFormat(currentLocale()).format(amounts);
}
