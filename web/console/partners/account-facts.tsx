import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountFieldsFragment } from '../../generated/graphql';
import { currentLocale } from '../i18n';
import { onDay } from '../parts/format';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { DeputyPeriod } from './deputy-period';
import { Fact, Facts } from './facts';

/** Details of an account. */
export function AccountFacts({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const { reseller, accountManager: manager, priceList, billing } = account;
  const country = new Intl.DisplayNames(currentLocale(), { type: 'region' }).of(billing.country);
  const address = [
    billing.company,
    billing.addressLine1,
    billing.addressLine2,
    `${billing.postalCode} ${billing.city}`,
    country,
  ].filter(Boolean);
  const isLinked = administrators(useViewer());
  return (
    <Facts>
      <Fact name={t('account.email')}>{account.email}</Fact>
      <Fact name={t('account.reseller')}>
        {reseller && (
          <Anchor component={Link} href={`/customers/${reseller.id}`}>
            <bdi>{reseller.name}</bdi>
          </Anchor>
        )}
      </Fact>
      <Fact name={t('account.manager')}>
        {manager && (isLinked ? <UserLink user={manager} /> : <bdi>{manager.name}</bdi>)}
      </Fact>
      <Fact name={t('deputy.title')}>{manager?.deputy && <DeputyPeriod user={manager} />}</Fact>
      <Fact name={t('account.priceList')}>{priceList && `${priceList.code} (${priceList.currency})`}</Fact>
      <Fact name={t('account.reference')}>
        {account.externalReference && <bdi>{account.externalReference}</bdi>}
      </Fact>
      <Fact name={t('billing.title')}>
        <bdi>{address.join(', ')}</bdi>
      </Fact>
      <Fact name={t('billing.vatNumber')}>{billing.vatNumber}</Fact>
      <Fact name={t('billing.email')}>{billing.email}</Fact>
      <Fact name={t('account.createdAt')}>{onDay(account.createdAt)}</Fact>
    </Facts>
  );
}

function UserLink({ user: { id, name } }: { user: { readonly id: string; readonly name: string } }) {
  return (
    <Anchor component={Link} href={`/users/${id}`}>
      <bdi>{name}</bdi>
    </Anchor>
  );
}
