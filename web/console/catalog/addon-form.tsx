import { Card, Group, Stack, Title } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type CatalogAddonFieldsFragment, UpdateAddonDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { storage } from '../parts/format';
import { TroubleAlert } from '../parts/trouble';
import { ADDON_FIELDS, AddonFields } from './addon-fields';
import { type AddonValues, valuesOfAddon } from './addon-values';
import { EditedMeanwhile, withoutConflict } from './edited-meanwhile';
import { itemInput } from './item-input';
import { SaveButtons } from './save-buttons';
import { useEdits } from './use-edits';

/** Form of an existing add-on. */
export function AddonForm({ addon }: { addon: CatalogAddonFieldsFragment }) {
  const { t } = useTranslation('catalog');
  const update = useAction(UpdateAddonDocument, 'Addon');
  const now = valuesOfAddon(addon);
  const form = useEdits({ version: addon.version, values: now });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { edits, expectedVersion } = form;
    const payload = await update.run({
      input: { addonId: addon.id, expectedVersion, ...itemInput(edits) },
    });
    if (payload?.addon) form.settle(payload.addon.version);
  };

  return (
    <Card withBorder padding="lg" component="section" aria-label={t('details')}>
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {t('details')}
          </Title>
          <AddonFields
            values={form.values}
            set={form.set}
            trouble={update.trouble}
            sold={addon.state !== 'DRAFT'}
          />
          <EditedMeanwhile
            trouble={update.trouble}
            changes={form.meanwhile.map(name => ({ label: t(`fields.${name}`), value: shown(now, name) }))}
            onKeepMine={() => {
              update.forget();
              form.keepMine();
            }}
            onDiscard={() => {
              update.forget();
              form.discard();
            }}
          />
          <TroubleAlert trouble={withoutConflict(update.trouble)} fields={ADDON_FIELDS} />
          <Group justify="flex-end">
            <SaveButtons form={form} complete={form.values.incrementBytes !== ''} busy={update.busy} />
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** Text of a value of an add-on. */
function shown(values: AddonValues, name: keyof AddonValues): string {
  if (name === 'incrementBytes') return storage(values.incrementBytes);
  if (name !== 'providerAttributes') return String(values[name] ?? '');
  return values.providerAttributes.map(attribute => `${attribute.name} = ${attribute.value}`).join(', ');
}
