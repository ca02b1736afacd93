import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountFieldsFragment } from '../../generated/graphql';
import { currentLocale } from '../i18n';
import { onDay } from '../parts/format';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { DeputyPeriod } from './deputy-period';
import { Facts } from './facts';

/** Details of an account. */
export function AccountFacts({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const isAdministrator = administrators(useViewer());
  const { reseller, accountManager: manager, priceList, billing } = account;
  const country = new Intl.DisplayNames(currentLocale(), { type: 'region' }).of(billing.country);
  const address = [
    billing.company,
    billing.addressLine1,
    billing.addressLine2,
    `${billing.postalCode} ${billing.city}`,
    country,
  ].filter(Boolean);
  return (
    <Facts
      facts={[
        [t('account.email'), account.email],
        [
          t('account.reseller'),
          reseller && (
            <Anchor component={Link} href={`/customers/${reseller.id}`}>
              <bdi>{reseller.name}</bdi>
            </Anchor>
          ),
        ],
        [
          t('account.manager'),
          manager &&
            (isAdministrator ? (
              <Anchor component={Link} href={`/users/${manager.id}`}>
                <bdi>{manager.name}</bdi>
              </Anchor>
            ) : (
              <bdi>{manager.name}</bdi>
            )),
        ],
        [t('deputy.title'), manager?.deputy && <DeputyPeriod user={manager} />],
        [t('account.priceList'), priceList && `${priceList.code} (${priceList.currency})`],
        [t('account.reference'), account.externalReference && <bdi>{account.externalReference}</bdi>],
        [t('billing.title'), <bdi key="address">{address.join(', ')}</bdi>],
        [t('billing.vatNumber'), billing.vatNumber],
        [t('billing.email'), billing.email],
        [t('account.createdAt'), onDay(account.createdAt)],
      ]}
    />
  );
}
