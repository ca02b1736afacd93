import { Button, Group, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ChargedSubscriptionDocument } from '../../generated/graphql';
import { useListState } from '../parts/list-state';

/** Subscription whose charges are listed, if the address names one. */
export function SubscriptionFilter() {
  const { t } = useTranslation('money');
  const list = useListState();
  const id = list.read('subscription');
  const [{ data }] = useQuery({ query: ChargedSubscriptionDocument, variables: { id }, pause: id === '' });
  if (!id) return null;
  return (
    <Group gap="xs">
      <Text size="sm">
        <Trans
          t={t}
          i18nKey="charges.ofSubscription"
          values={{ name: data?.subscription?.friendlyName ?? id }}
          components={{ bdi: <bdi /> }}
        />
      </Text>
      <Button size="xs" variant="default" onClick={() => list.filter('subscription', null)}>
        {t('charges.allSubscriptions')}
      </Button>
    </Group>
  );
}
