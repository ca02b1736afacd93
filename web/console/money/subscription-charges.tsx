import { Anchor, Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ChargeFieldsFragment, SubscriptionChargesDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { type Amount, money, onDay } from '../parts/format';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { AdjustmentDialog } from './adjustment-dialog';
import { itemOf, usePeriod } from './charge-item';

interface Charged {
  readonly id: string;
  readonly friendlyName: string;
  readonly recurringTotal: Amount | null;
  readonly nextCharge: { readonly at: string; readonly amount: Amount } | null;
  readonly reseller: { readonly name: string } | null;
  readonly account: { readonly name: string };
}

/** Charges of a subscription, the latest first, its next charge, and the adjustment by an administrator. */
export function SubscriptionCharges({ subscription }: { subscription: Charged }) {
  const { t } = useTranslation('money');
  const [adjusts, setAdjusts] = useState(false);
  const adjusting = administrators(useViewer());
  const { id, nextCharge } = subscription;
  const { data } = useLiveQuery(SubscriptionChargesDocument, { id }, 'Charge CloudSubscription');
  const charges = data?.subscription?.charges;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="charges">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4" id="charges">
            {t('charges.title')}
          </Title>
          {adjusting && (
            <Button size="xs" variant="default" onClick={() => setAdjusts(true)}>
              {t('adjust.open')}
            </Button>
          )}
        </Group>
        <Text size="sm">
          {nextCharge
            ? t('charges.next', { amount: money(nextCharge.amount), day: onDay(nextCharge.at) })
            : t('charges.noNext')}
        </Text>
        {charges?.nodes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('charges.empty')}
          </Text>
        )}
        {charges && charges.nodes.length > 0 && (
          <>
            <ChargeTable charges={charges.nodes.toReversed()} />
            {charges.totals.map(({ account, amount }) => (
              <Text key={account.id + amount.currency} size="sm" fw={600} ta="right">
                {t('charges.sum', { count: charges.totalCount, amount: money(amount) })}
              </Text>
            ))}
            <Anchor component={Link} href={`/charges?subscription=${id}`} size="sm">
              {t('charges.all')}
            </Anchor>
          </>
        )}
      </Stack>
      {adjusts && <AdjustmentDialog subscription={subscription} onClose={() => setAdjusts(false)} />}
    </Card>
  );
}

function ChargeTable({ charges }: { charges: readonly ChargeFieldsFragment[] }) {
  const { t } = useTranslation('money');
  const periodOf = usePeriod();
  return (
    <Table horizontalSpacing={0} verticalSpacing="xs" aria-labelledby="charges">
      <Table.Tbody>
        {charges.map(charge => (
          <Table.Tr key={charge.id}>
            <Table.Td>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {t(`kinds.${charge.kind}`)} · {charge.kind !== 'ADJUSTMENT' && `${charge.quantity} × `}
                <bdi>{itemOf(charge)}</bdi>
              </Text>
              <Text size="xs" c="dimmed">
                {periodOf(charge)}
              </Text>
            </Table.Td>
            <Table.Td ta="right" style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
              {money(charge.amount)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
