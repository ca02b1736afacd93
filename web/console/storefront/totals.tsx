import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecurringFieldsFragment } from '../../generated/graphql';
import { type Amount, cycle, money, recurring } from '../parts/format';

interface TotalsProps {
  /** Amount that is due once. */
  due: Amount | null;
  /** Amounts of the billing cycles, which are never added up. */
  cycles: readonly RecurringFieldsFragment[] | null;
}

/** Amounts of a basket: what is due now, and what recurs in each billing cycle. */
export function Totals({ due, cycles }: TotalsProps) {
  const { t } = useTranslation('storefront');
  return (
    <Stack gap={4} component="dl" m={0} aria-label={t('totals')}>
      <Group justify="space-between" wrap="nowrap">
        <Text component="dt">{t('dueNow')}</Text>
        <Text component="dd" m={0} fw={650} size="xl">
          {money(due)}
        </Text>
      </Group>
      {cycles?.map(({ billingCycle, amount }) => (
        <Group key={billingCycle} justify="space-between" wrap="nowrap">
          <Text component="dt" size="sm" c="dimmed">
            {t('then', { cycle: cycle(billingCycle).name })}
          </Text>
          <Text component="dd" m={0} size="sm">
            {recurring(amount, billingCycle)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
