import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BillingCycle } from '../../generated/graphql';
import { type Amount, money, onRequest, recurring, sum } from '../parts/format';

/** Amounts of a line of the basket or of an order. */
export interface AmountsOfLine {
  quantity: number;
  billingCycle: BillingCycle;
  unitPrice: Amount | null;
  /** Amount that is due when the order completes. */
  total: Amount | null;
  addons: readonly { total: Amount | null }[];
}

/** Amount that a line costs in every billing cycle. Null if the viewer does not see it. */
const perCycle = ({ quantity, unitPrice, addons }: AmountsOfLine): Amount | null =>
  sum([
    ...(quantity > 0 ? [[unitPrice ?? undefined, quantity] as const] : []),
    ...addons.map(({ total }) => [total ?? undefined, 1] as const),
  ]);

/** What a line costs in every billing cycle, and what is due of the current one if that is less. */
export function LineAmounts({ line }: { line: AmountsOfLine }) {
  const { t } = useTranslation('storefront');
  const each = perCycle(line);
  if (!each) return <Text size="sm">{line.total ? money(line.total) : onRequest()}</Text>;
  return (
    <>
      <Text fw={650} size="sm">
        {recurring(each, line.billingCycle)}
      </Text>
      {line.total && line.total.amount !== each.amount && (
        <Text size="xs" c="dimmed">
          {t('dueForRest', { amount: money(line.total) })}
        </Text>
      )}
    </>
  );
}
