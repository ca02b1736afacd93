import { Card, Group, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CreateAddonDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { Page } from '../parts/page';
import { TroubleAlert } from '../parts/trouble';
import { ADDON_FIELDS, AddonFields } from './addon-fields';
import { NEW_ADDON } from './addon-values';
import { itemInput } from './item-input';

/** Page that creates an add-on as a draft. */
export function NewAddon() {
  const { t } = useTranslation('catalog');
  const [, navigate] = useLocation();
  const create = useAction(CreateAddonDocument);
  const keyFor = useIdempotencyKey();
  const [values, setValues] = useState(NEW_ADDON);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = itemInput(values);
    const payload = await create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload?.addon) navigate(`/catalog/addons/${payload.addon.id}`);
  };

  return (
    <Page title={t('addons.new')} lead={t('addons.newLead')}>
      <form onSubmit={submit}>
        <Stack maw={720}>
          <Card withBorder padding="lg">
            <AddonFields
              values={values}
              set={(name, value) => setValues(now => ({ ...now, [name]: value }))}
              trouble={create.trouble}
              sold={false}
            />
          </Card>
          <TroubleAlert trouble={create.trouble} fields={ADDON_FIELDS} />
          <Group justify="flex-end">
            <ActionButton type="submit" disabled={!values.incrementBytes} loading={create.busy}>
              {t('create')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
