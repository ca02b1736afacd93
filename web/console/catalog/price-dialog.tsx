import { Alert, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BillingCycle, type ListedPriceFieldsFragment, SetPriceDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { cycle as cycleNames, money } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { readDecimal, writeDecimal } from './decimals';
import { isConflict, withoutConflict } from './edited-meanwhile';
import type { NamedList } from './list-prices';

interface PriceDialogProps {
  itemId: string;
  list: NamedList;
  cycle: BillingCycle;
  /** Price as it is now. */
  price: ListedPriceFieldsFragment | undefined;
  onClose(): void;
}

/** Dialog that sets or removes a price. If it changed meanwhile, the dialog shows the new one and keeps the amount. */
export function PriceDialog({ itemId, list, cycle, price, onClose }: PriceDialogProps) {
  const { t } = useTranslation(['catalog', 'common']);
  const set = useAction(SetPriceDocument, 'Product Addon ListedPrice PastPrice');
  const remove = useAction(SetPriceDocument, 'Product Addon ListedPrice PastPrice');
  const [text, setText] = useState(() => (price ? writeDecimal(price.unitPrice.amount) : ''));
  const version = price?.version ?? 0;
  const [seen] = useState(version);
  const amount = readDecimal(text);
  const conflict = isConflict(set.trouble) || isConflict(remove.trouble);

  const send = async (action: typeof set, unitPrice: string | null) => {
    const input = {
      itemId,
      priceListId: list.id,
      billingCycle: cycle,
      unitPrice,
      // After a conflict the user has seen the price as it is now.
      expectedVersion: conflict ? version : seen,
    };
    if (await action.run({ input })) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.forget();
    if (amount !== null) send(set, amount);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('prices.of', { cycle: cycleNames(cycle).name, list: list.code })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('prices.effect')}</Text>
          {conflict && version !== seen && (
            <Alert color="yellow" role="alert" title={t('meanwhile.title')}>
              {price
                ? t('prices.meanwhile', { price: money(price.unitPrice), name: price.setBy?.name ?? '' })
                : t('prices.meanwhileRemoved')}
            </Alert>
          )}
          <TroubleAlert trouble={withoutConflict(set.trouble)} fields={['unitPrice']} />
          <TroubleAlert trouble={withoutConflict(remove.trouble)} />
          <TextInput
            label={t('prices.amount', { currency: list.currency })}
            description={
              amount !== null ? money({ amount, currency: list.currency }) : t('prices.amountHint')
            }
            inputMode="decimal"
            required
            data-autofocus
            value={text}
            error={
              text.trim() !== '' && amount === null
                ? t('prices.notAnAmount')
                : fieldError(set.trouble, 'unitPrice')
            }
            onChange={event => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            {price && (
              <ActionButton
                type="button"
                variant="default"
                loading={remove.busy}
                onClick={() => {
                  set.forget();
                  send(remove, null);
                }}
              >
                {t('prices.remove')}
              </ActionButton>
            )}
            <ActionButton type="submit" disabled={amount === null} loading={set.busy}>
              {t('prices.save')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
