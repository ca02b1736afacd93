import { Table, Text } from '@mantine/core';
import { type Amount, cycle, money } from '../parts/format';

interface Line {
  id: string;
  quantity: number;
  friendlyName: string | null;
  billingCycle: Parameters<typeof cycle>[0];
  total: Amount | null;
  product: { name: string };
  addons: readonly { quantity: number; total: Amount | null; addon: { id: string; name: string } }[];
}

/** What is bought, at which price. */
export function OrderTable({ lines, total }: { lines: readonly Line[]; total: Amount | null }) {
  return (
    <Table verticalSpacing="xs" horizontalSpacing={0} className="order-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>What</Table.Th>
          <Table.Th ta="right">Price</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(line => (
          <Table.Tr key={line.id}>
            <Table.Td>
              <Text size="sm" fw={500}>
                <bdi>{line.friendlyName ?? line.product.name}</bdi>
              </Text>
              {line.quantity > 0 && (
                <Text size="xs" c="dimmed">
                  {line.quantity} × <bdi>{line.product.name}</bdi>
                </Text>
              )}
              {line.addons.map(({ addon, quantity }) => (
                <Text key={addon.id} size="xs" c="dimmed">
                  {quantity} × <bdi>{addon.name}</bdi>
                </Text>
              ))}
            </Table.Td>
            <Table.Td ta="right" style={{ verticalAlign: 'top' }}>
              <Text size="sm">{money(line.total)}</Text>
              {line.total && (
                <Text size="xs" c="dimmed">
                  {cycle(line.billingCycle).each}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th>Total</Table.Th>
          <Table.Th ta="right">{money(total)}</Table.Th>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}
