import {
  Alert,
  Button,
  Card,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  type BillingCycle,
  type OrderLineInput,
  PayerPricesDocument,
  type PayerPricesQuery,
} from '../../generated/graphql';
import type { Trouble } from '../data/action';
import { type Amount, cycle, money, recurring, sum } from '../parts/format';
import { Failed, Waiting } from '../parts/states';
import { addonError, fieldError } from '../parts/trouble';
import { AddonFields } from '../storefront/addon-fields';
import { chosenAddons, type Quantities } from '../storefront/quantities';

/** Line of an order: a product, or add-ons to a subscription of that product. */
export interface Line {
  key: number;
  productId: string;
  name: string;
  subscription: { id: string; billingCycle: BillingCycle } | null;
}

/** Input and recurring amount of a line. Null if it cannot be ordered. */
export type LineTerms = { input: OrderLineInput; billingCycle: BillingCycle; amount: Amount } | null;

interface LineCardProps {
  line: Line;
  /** Position in the order, for errors. */
  index: number;
  recipientId: string | null;
  trouble: Trouble;
  onTerms(key: number, terms: LineTerms): void;
  onRemove(key: number): void;
}

interface Draft {
  billingCycle: string | null;
  quantity: number;
  friendlyName: string;
  quantities: Quantities;
}

type Product = NonNullable<PayerPricesQuery['product']>;

/** Mantine's yellow title falls short of a contrast of 4.5:1. */
const READABLE = { title: { color: 'var(--mantine-color-text)' } };

const NEW: Draft = { billingCycle: null, quantity: 1, friendlyName: '', quantities: {} };

/** Add-ons of a product, with the prices of the payer. */
const addonsOf = (product: Product) => product.addons.map(addon => ({ ...addon, prices: addon.payerPrices }));

/** Price of one license: that of the chosen billing cycle, or else the first one. */
const licensePrice = ({ payerPrices }: Product, { billingCycle }: Draft) =>
  payerPrices.find(each => each.billingCycle === billingCycle) ?? payerPrices[0];

function termsOf({ productId, subscription }: Line, product: Product, draft: Draft): LineTerms {
  const { quantity, friendlyName, quantities } = draft;
  const price = licensePrice(product, draft);
  const billingCycle = subscription?.billingCycle ?? price?.billingCycle;
  const addons = chosenAddons(quantities);
  const known = addonsOf(product);
  const amount = sum([
    ...(subscription ? [] : [[price?.unitPrice, quantity] as const]),
    ...addons.map(({ addonId }) => {
      const prices = known.find(({ id }) => id === addonId)?.prices;
      const unit = prices?.find(each => each.billingCycle === billingCycle)?.unitPrice;
      return [unit, quantities[addonId] ?? 0] as const;
    }),
  ]);
  if (!billingCycle || !amount) return null;
  const input = subscription
    ? { subscriptionId: subscription.id, quantity: 0, addons }
    : { productId, quantity, billingCycle, friendlyName: friendlyName || null, addons };
  return { input, billingCycle, amount };
}

/** Form of a line, at the prices of the payer. */
export function LineCard({ line, index, recipientId, trouble, onTerms, onRemove }: LineCardProps) {
  const { t } = useTranslation('office');
  const card = useRef<HTMLDivElement>(null);
  // The search that has added the line begins anew, and with it the focus would be lost.
  useEffect(() => {
    if (line.key > 0) card.current?.focus();
  }, [line.key]);
  const [{ data, error, operation }] = useQuery({
    query: PayerPricesDocument,
    variables: { id: line.productId, recipientId: recipientId ?? '' },
    pause: recipientId === null,
  });
  const [draft, setDraft] = useState(NEW);
  // While prices load, the data is still that of the previous customer, whose payer can have others.
  const isCurrent = recipientId !== null && operation?.variables.recipientId === recipientId;
  const product = isCurrent ? (data?.product ?? null) : null;
  const terms = product && termsOf(line, product, draft);

  const written = JSON.stringify(terms);
  useEffect(() => onTerms(line.key, JSON.parse(written)), [line.key, onTerms, written]);

  return (
    <Card withBorder padding="lg" component="section" aria-label={line.name} ref={card} tabIndex={-1}>
      <Stack>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Title order={2} size="h4" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
            {line.subscription ? (
              <Trans
                t={t}
                i18nKey="place.line.addonsFor"
                values={{ name: line.name }}
                components={{ name: <bdi /> }}
              />
            ) : (
              <bdi>{line.name}</bdi>
            )}
          </Title>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            style={{ flexShrink: 0 }}
            aria-label={t('place.line.removeName', { name: line.name })}
            onClick={() => onRemove(line.key)}
          >
            {t('place.line.remove')}
          </Button>
        </Group>
        {recipientId === null && <Text size="sm">{t('place.line.chooseCustomer')}</Text>}
        {recipientId !== null && !product && (error ? <Failed error={error} /> : <Waiting rows={1} />)}
        {product && (
          <LineFields
            line={line}
            product={product}
            draft={draft}
            onChange={part => setDraft({ ...draft, ...part })}
            errorAt={field => fieldError(trouble, 'lines', String(index), field)}
            errorOfAddons={addonError(trouble, index)}
          />
        )}
        {terms && <Text fw={600}>{recurring(terms.amount, terms.billingCycle)}</Text>}
      </Stack>
    </Card>
  );
}

interface LineFieldsProps {
  line: Line;
  product: Product;
  draft: Draft;
  onChange(part: Partial<Draft>): void;
  errorAt(field: string): ReactNode;
  errorOfAddons: ReactNode;
}

function LineFields(props: LineFieldsProps) {
  const { t } = useTranslation('office');
  const { line, product, draft, onChange, errorAt } = props;
  const price = licensePrice(product, draft);
  const billingCycle = line.subscription?.billingCycle ?? price?.billingCycle;
  if (!billingCycle) {
    return (
      <Alert color="yellow" title={t('place.line.notForSale')} styles={READABLE}>
        {t('place.line.noPrice')}
      </Alert>
    );
  }
  return (
    <>
      {!line.subscription && (
        <>
          <Group align="flex-start">
            <Select
              label={t('place.line.billingCycle')}
              flex="1 1 12rem"
              allowDeselect={false}
              data={product.payerPrices.map(each => ({
                value: each.billingCycle,
                label: t('place.line.priceOf', {
                  cycle: cycle(each.billingCycle).name,
                  price: money(each.unitPrice),
                }),
              }))}
              value={billingCycle}
              onChange={value => onChange({ billingCycle: value })}
            />
            {product.service.quantityLimit !== 1 && (
              <NumberInput
                label={t('place.line.licenses')}
                w={110}
                min={1}
                allowDecimal={false}
                value={draft.quantity}
                error={errorAt('quantity')}
                onChange={value => onChange({ quantity: Number(value) || 1 })}
              />
            )}
          </Group>
          <TextInput
            label={t('place.line.friendlyName')}
            placeholder={product.name}
            maxLength={100}
            value={draft.friendlyName}
            error={errorAt('friendlyName')}
            onChange={event => onChange({ friendlyName: event.currentTarget.value })}
          />
        </>
      )}
      <AddonFields
        addons={addonsOf(product)}
        billingCycle={billingCycle}
        quantities={draft.quantities}
        onChange={quantities => onChange({ quantities })}
        of={line.name}
        error={props.errorOfAddons}
      />
    </>
  );
}
