import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecurringFieldsFragment } from '../../generated/graphql';
import { type Amount, cycle, money, recurring } from '../parts/format';
import { type AmountsOfLine, LineAmounts } from './line-amounts';

interface Line extends AmountsOfLine {
  id: string;
  friendlyName: string | null;
  product: { name: string };
  subscription?: { id: string; friendlyName: string } | null;
  addons: readonly { quantity: number; total: Amount | null; addon: { id: string; name: string } }[];
}

interface OrderTableProps {
  /** Basket or order. */
  of: { lines: readonly Line[]; total: Amount | null; recurring: readonly RecurringFieldsFragment[] | null };
  /** Name of the amount that is due once. */
  dueLabel: string;
}

/** Lines of a basket or an order, what is due once, and what recurs in each billing cycle. */
export function OrderTable({ of, dueLabel }: OrderTableProps) {
  const { t } = useTranslation('storefront');
  return (
    <Table verticalSpacing="xs" horizontalSpacing={0} className="order-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('table.what')}</Table.Th>
          <Table.Th ta="right">{t('table.price')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.lines.map(line => (
          <Table.Tr key={line.id}>
            <Table.Td>
              <LineName line={line} />
              {line.addons.map(({ addon, quantity, total }) => (
                <Text key={addon.id} size="xs" c="dimmed">
                  {quantity} × <bdi>{addon.name}</bdi>
                  {total && ` · ${recurring(total, line.billingCycle)}`}
                </Text>
              ))}
            </Table.Td>
            <Table.Td ta="right" style={{ verticalAlign: 'top' }}>
              <LineAmounts line={line} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th>{dueLabel}</Table.Th>
          <Table.Th ta="right">{money(of.total)}</Table.Th>
        </Table.Tr>
        {of.recurring?.map(({ billingCycle, amount }) => (
          <Table.Tr key={billingCycle}>
            <Table.Th fw={400}>{t('then', { cycle: cycle(billingCycle).name })}</Table.Th>
            <Table.Th fw={400} ta="right">
              {recurring(amount, billingCycle)}
            </Table.Th>
          </Table.Tr>
        ))}
      </Table.Tfoot>
    </Table>
  );
}

function LineName({ line }: { line: Line }) {
  const { subscription, product, quantity, unitPrice, billingCycle } = line;
  const name = subscription?.friendlyName ?? line.friendlyName ?? product.name;
  return (
    <>
      <Text size="sm" fw={500} component="div" style={{ overflowWrap: 'anywhere' }}>
        {subscription ? (
          <Anchor component={Link} href={`/subscriptions/${subscription.id}`} size="sm" underline="always">
            <bdi>{name}</bdi>
          </Anchor>
        ) : (
          <bdi>{name}</bdi>
        )}
      </Text>
      {(quantity > 0 || name !== product.name) && (
        <Text size="xs" c="dimmed">
          {quantity > 0 && `${quantity} × `}
          <bdi>{product.name}</bdi>
          {quantity > 0 && unitPrice && ` · ${recurring(unitPrice, billingCycle)}`}
        </Text>
      )}
    </>
  );
}
