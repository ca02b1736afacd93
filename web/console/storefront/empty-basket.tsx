import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BasketFieldsFragment, EmptyBasketDocument } from '../../generated/graphql';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';
import { useBasketAction } from './basket-action';
import { BasketConflict } from './basket-conflict';
import { useDrafts } from './drafts';

/** Button that removes all lines of the basket, after a confirmation. */
export function EmptyBasket({ basket }: { basket: BasketFieldsFragment }) {
  const { t } = useTranslation('storefront');
  const [asks, setAsks] = useState(false);
  const empty = useBasketAction(EmptyBasketDocument);
  const drafts = useDrafts();
  const close = () => {
    setAsks(false);
    empty.forget();
  };
  const submit = async () => {
    if (!(await empty.run({ input: { expectedVersion: basket.version } }))) return;
    for (const { id } of basket.lines) drafts.forget(id);
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsks(true)}>
        {t('basket.empty.button')}
      </Button>
      <Modal
        opened={asks}
        onClose={close}
        title={t('basket.empty.question')}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
      >
        <Stack>
          <Text size="sm">{t('basket.empty.text', { count: basket.lines.length })}</Text>
          <BasketConflict shown={empty.conflict} />
          {!empty.conflict && <TroubleAlert trouble={empty.trouble} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('basket.empty.keep')}
            </Button>
            <ActionButton color="red.9" loading={empty.busy} onClick={submit}>
              {t('basket.empty.confirm')}
            </ActionButton>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
