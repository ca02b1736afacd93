import { Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CreatePriceListDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';

const CURRENCY = /^[A-Z]{3}$/;

/** Dialog that creates a price list. */
export function PriceListDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation(['catalog', 'common']);
  const [, navigate] = useLocation();
  const create = useAction(CreatePriceListDocument, 'PriceList');
  const keyFor = useIdempotencyKey();
  const [code, setCode] = useState('');
  const [currency, setCurrency] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = { code, currency };
    const payload = await create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload?.priceList) navigate(`/catalog/price-lists/${payload.priceList.id}`);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('priceLists.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('fields.code')}
            description={t('hints.slug')}
            required
            data-autofocus
            maxLength={40}
            value={code}
            error={fieldError(create.trouble, 'code')}
            onChange={event => setCode(event.currentTarget.value)}
          />
          <TextInput
            label={t('fields.currency')}
            description={t('hints.currency')}
            required
            maxLength={3}
            value={currency}
            error={fieldError(create.trouble, 'currency')}
            onChange={event => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <TroubleAlert trouble={create.trouble} fields={['code', 'currency']} />
          <Group justify="flex-end">
            <ActionButton type="submit" disabled={!code || !CURRENCY.test(currency)} loading={create.busy}>
              {t('create')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
