import { Button, Card, Stack, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChargeFilter, ChargeTotalsDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { money } from '../parts/format';

/** Number of totals that are shown at first. */
const SHOWN = 5;

/** Sums of the listed charges by payer and currency, over all pages. */
export function ChargeTotals({ filter }: { filter: ChargeFilter }) {
  const { t } = useTranslation('money');
  const [all, setAll] = useState(false);
  const { data } = useLiveQuery(ChargeTotalsDocument, { filter }, 'Charge');
  const totals = data?.charges.totals ?? [];
  if (totals.length === 0) return null;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="totals">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h4" id="totals">
          {t('totals.title')}
        </Title>
        <Table horizontalSpacing={0} verticalSpacing={4} aria-labelledby="totals">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('charges.payer')}</Table.Th>
              <Table.Th ta="right">{t('totals.count')}</Table.Th>
              <Table.Th ta="right">{t('totals.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {totals.slice(0, all ? undefined : SHOWN).map(({ account, count, amount }) => (
              <Table.Tr key={account.id + amount.currency}>
                <Table.Td>
                  <bdi>{account.name}</bdi>
                </Table.Td>
                <Table.Td ta="right">{count}</Table.Td>
                <Table.Td ta="right">{money(amount)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {totals.length > SHOWN && (
          <Button size="xs" variant="default" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('totals.fewer') : t('totals.more', { count: totals.length - SHOWN })}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
