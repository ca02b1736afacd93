import { Group } from '@mantine/core';
import type { LifecycleState } from '../../generated/graphql';
import { StateBadge } from '../parts/states';

interface ItemLeadProps {
  item: { readonly sku: string; readonly state: LifecycleState };
  detail?: string;
}

/** State of a product or an add-on, which is announced when it changes, and its SKU. */
export function ItemLead({ item, detail }: ItemLeadProps) {
  return (
    <Group gap="xs">
      <span role="status">
        <StateBadge state={item.state} />
      </span>
      <bdi>{item.sku}</bdi>
      {detail && <bdi>{detail}</bdi>}
    </Group>
  );
}
