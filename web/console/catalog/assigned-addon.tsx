import { Anchor, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AddonRowFragment } from '../../generated/graphql';
import { storage } from '../parts/format';
import { StateBadge } from '../parts/states';

/** Row of an add-on of a product, with its buttons. */
export function AssignedAddon({ addon, children }: { addon: AddonRowFragment; children: ReactNode }) {
  return (
    <Group justify="space-between" gap="xs">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Anchor component={Link} href={`/catalog/addons/${addon.id}`}>
            <bdi>{addon.name}</bdi>
          </Anchor>
          {addon.state !== 'PUBLISHED' && <StateBadge state={addon.state} />}
        </Group>
        <Text size="sm" c="dimmed">
          <bdi>{addon.sku}</bdi> · {storage(addon.incrementBytes)}
        </Text>
      </div>
      <Group gap={4}>{children}</Group>
    </Group>
  );
}
