import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../parts/action-button';
import type { Drafts, Line } from './drafts';

/** Alert for a line that was changed elsewhere while it was edited here. The buyer decides which of both stays. */
export function LineConflict({ line, drafts }: { line: Line; drafts: Drafts }) {
  const { t } = useTranslation('storefront');
  const there = [
    line.friendlyName ?? line.product.name,
    ...(line.quantity > 0 ? [t('basket.licenseCount', { count: line.quantity })] : []),
    ...line.addons.map(({ addon, quantity }) => `${quantity} × ${addon.name}`),
  ];
  return (
    <Alert color="yellow" title={t('basket.conflict.title')} role="alert">
      <Stack gap="sm">
        <Text size="sm">
          {t('basket.conflict.there')} <bdi>{there.join(', ')}</bdi>
        </Text>
        <Group gap="xs">
          <ActionButton size="xs" loading={false} onClick={() => drafts.overrule(line)}>
            {t('basket.conflict.mine')}
          </ActionButton>
          <ActionButton size="xs" variant="default" loading={false} onClick={() => drafts.forget(line.id)}>
            {t('basket.conflict.theirs')}
          </ActionButton>
        </Group>
      </Stack>
    </Alert>
  );
}
