import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  AddonChoicesDocument,
  type AddonChoicesQuery,
  type AddonRowFragment,
  type CatalogProductFieldsFragment,
  SetProductAddonsDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { type Choice, SearchSelect } from '../parts/search-select';
import { TroubleAlert } from '../parts/trouble';
import { AssignedAddon } from './assigned-addon';
import { EditedMeanwhile, withoutConflict } from './edited-meanwhile';
import { SaveButtons } from './save-buttons';
import { useEdits } from './use-edits';

const choicesOf = ({ catalogAddons }: AddonChoicesQuery) => ({
  choices: catalogAddons.nodes.map(addon => ({
    value: addon.id,
    label: `${addon.name} (${addon.sku})`,
    addon,
  })),
  more: catalogAddons.pageInfo.hasNextPage,
});

const names = (addons: readonly AddonRowFragment[]): string => addons.map(({ name }) => name).join(', ');

/** Add-ons of a product, in the order of the storefront. */
export function ProductAddons({ product }: { product: CatalogProductFieldsFragment }) {
  const { t } = useTranslation('catalog');
  const save = useAction(SetProductAddonsDocument, 'Product');
  const now = product.assignedAddons ?? [];
  const form = useEdits({ version: product.version, values: { addons: now } });
  const { addons } = form.values;

  const add = (choice: (Choice & { addon: AddonRowFragment }) | null) => {
    if (choice && !addons.some(({ id }) => id === choice.value))
      form.set('addons', [...addons, choice.addon]);
  };
  const move = (from: number, to: number) => {
    const others = addons.toSpliced(from, 1);
    form.set('addons', others.toSpliced(to, 0, ...addons.slice(from, from + 1)));
  };
  const submit = async () => {
    const addonIds = addons.map(({ id }) => id);
    const input = { productId: product.id, expectedVersion: form.expectedVersion, addonIds };
    const payload = await save.run({ input });
    if (payload?.product) form.settle(payload.product.version);
  };

  return (
    <Card withBorder padding="lg" component="section" aria-label={t('addons.title')}>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Title order={2} size="h4">
            {t('addons.title')}
          </Title>
          {addons.length === 0 && <Text c="dimmed">{t('productAddons.none')}</Text>}
          {addons.map((addon, index) => (
            <AssignedAddon key={addon.id} addon={addon}>
              <Button
                variant="default"
                size="xs"
                disabled={index === 0}
                aria-label={t('productAddons.up', { name: addon.name })}
                onClick={() => move(index, index - 1)}
              >
                ↑
              </Button>
              <Button
                variant="default"
                size="xs"
                disabled={index === addons.length - 1}
                aria-label={t('productAddons.down', { name: addon.name })}
                onClick={() => move(index, index + 1)}
              >
                ↓
              </Button>
              <Button
                variant="default"
                size="xs"
                aria-label={t('productAddons.remove', { name: addon.name })}
                onClick={() => form.set('addons', addons.toSpliced(index, 1))}
              >
                {t('remove')}
              </Button>
            </AssignedAddon>
          ))}
          <SearchSelect
            key={names(addons)}
            label={t('productAddons.add')}
            placeholder={t('searchByNameOrSku')}
            query={AddonChoicesDocument}
            choicesOf={choicesOf}
            chosen={null}
            onChoose={add}
          />
          <EditedMeanwhile
            trouble={save.trouble}
            changes={form.meanwhile.map(() => ({ label: t('addons.title'), value: names(now) }))}
            onKeepMine={() => {
              save.forget();
              form.keepMine();
            }}
            onDiscard={() => {
              save.forget();
              form.discard();
            }}
          />
          <TroubleAlert trouble={withoutConflict(save.trouble)} />
          <Group justify="flex-end">
            <SaveButtons form={form} complete busy={save.busy} />
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
