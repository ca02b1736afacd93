import { Anchor, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type AccountFieldsFragment, CustomerDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { AccountActions } from './account-actions';
import { AccountFacts } from './account-facts';
import { AccountInvitations } from './account-invitations';
import { AccountUsers } from './account-users';
import { ActiveBadge } from './active-badge';
import { placeOf } from './rights';
import { ServiceAccounts } from './service-accounts';

/** Page of an account that the viewer can see. */
export function AccountPage({ id }: { id: string }) {
  const { t } = useTranslation('partners');
  const { data, error } = useLiveQuery(CustomerDocument, { id }, 'Account');
  if (!data) {
    return <Page title={t('account.title')}>{error ? <Failed error={error} /> : <Waiting />}</Page>;
  }
  if (!data.account) {
    return (
      <Page title={t('account.title')}>
        <Empty title={t('account.notFound')} />
      </Page>
    );
  }
  return <AccountContent account={data.account} />;
}

/** Page of the viewer's own account. */
export function OwnAccount() {
  const { account } = useViewer();
  return account && <AccountPage id={account.id} />;
}

function AccountContent({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  // An end customer does not see its reseller, so it would look like a direct customer.
  const isOwn = useViewer().account?.id === account.id;
  return (
    <Page
      title={account.name}
      lead={
        <Group gap="xs">
          {isOwn ? t(`kinds.${account.kind}`) : t(`places.${placeOf(account)}.name`)}
          <ActiveBadge active={account.active} />
        </Group>
      }
      aside={<AccountActions account={account} />}
    >
      <Stack gap="xl">
        <AccountFacts account={account} />
        <Links account={account} />
        <AccountUsers account={account} />
        <AccountInvitations account={account} />
        <ServiceAccounts account={account} />
        <History objectId={account.id} />
      </Stack>
    </Page>
  );
}

/** Links to the lists of what belongs to the account. The e-mail address is unique, so a search by it finds the account. */
function Links({ account: { id, kind, name, email } }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const search = encodeURIComponent(email);
  const orders = staff(useViewer())
    ? `/office/orders?shown=all&search=${search}`
    : `/orders?search=${search}`;
  return (
    <Group component="nav" aria-label={t('account.links', { name })} gap="lg">
      {kind === 'RESELLER' ? (
        // A reseller receives nothing itself.
        <Anchor component={Link} href={`/customers?reseller=${id}`}>
          {t('account.customers')}
        </Anchor>
      ) : (
        <>
          <Anchor component={Link} href={`/subscriptions?search=${search}`}>
            {t('account.subscriptions')}
          </Anchor>
          <Anchor component={Link} href={orders}>
            {t('account.orders')}
          </Anchor>
        </>
      )}
    </Group>
  );
}
