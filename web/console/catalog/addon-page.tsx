import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  CatalogAddonDocument,
  type CatalogAddonFieldsFragment,
  PublishAddonDocument,
  RetireAddonDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { History } from '../history/history';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { AddonForm } from './addon-form';
import { ItemLead } from './item-lead';
import { Lifecycle } from './lifecycle';
import { Prices } from './prices';

/** Page of an add-on in any state. */
export function CatalogAddonPage({ id }: { id: string }) {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({ query: CatalogAddonDocument, variables: { id } });
  if (data?.node?.__typename === 'Addon') return <Addon key={id} addon={data.node} />;
  return (
    <Page title={t('addons.title')}>
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data && <Empty title={t('addons.missing')} />}
    </Page>
  );
}

function Addon({ addon }: { addon: CatalogAddonFieldsFragment }) {
  const publish = useAction(PublishAddonDocument);
  const retire = useAction(RetireAddonDocument, 'Addon');
  const input = { addonId: addon.id, expectedVersion: addon.version };
  return (
    <Page
      title={addon.name}
      lead={<ItemLead item={addon} />}
      aside={
        <Lifecycle
          item={addon}
          of="addon"
          publish={{ ...publish, run: () => publish.run({ input }) }}
          retire={{ ...retire, run: () => retire.run({ input }) }}
        />
      }
    >
      <Stack maw={960} gap="lg">
        <AddonForm addon={addon} />
        <Prices itemId={addon.id} prices={addon.listedPrices ?? []} />
        <History objectId={addon.id} />
      </Stack>
    </Page>
  );
}
