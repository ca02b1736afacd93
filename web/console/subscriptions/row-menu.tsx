import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { SubscriptionActionsDocument } from '../../generated/graphql';
import { Failed } from '../parts/states';
import { SubscriptionActions } from './subscription-actions';

/** Menu of the actions on a subscription in a list, which are read when the menu is first opened. */
export function RowMenu({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('subscriptions');
  const [opened, setOpened] = useState(false);
  const [{ data, error }] = useQuery({
    query: SubscriptionActionsDocument,
    variables: { id },
    pause: !opened,
  });
  if (data?.subscription) return <SubscriptionActions subscription={data.subscription} opened />;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-label={t('list.iWantToName', { name })}
        aria-haspopup="menu"
        loading={opened && !error}
        onClick={() => setOpened(true)}
      >
        {t('list.iWantTo')}
      </Button>
      {error && <Failed error={error} />}
    </>
  );
}
