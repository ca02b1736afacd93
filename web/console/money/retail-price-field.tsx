import { Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BillingCycle, SetRetailPriceDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { type Amount, money } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { decimalOf } from './decimal';
import type { RetailRow } from './retail-columns';

interface RetailPriceFieldProps {
  item: RetailRow['item'];
  billingCycle: BillingCycle;
  retail: Amount | null;
  currency: string;
}

/** Field of a retail price, which is saved by itself. Empty removes the price. */
export function RetailPriceField({ item, billingCycle, retail, currency }: RetailPriceFieldProps) {
  const { t } = useTranslation('money');
  const set = useAction(SetRetailPriceDocument, 'Product');
  const saved = retail?.amount ?? '';
  const [text, setText] = useState(saved);
  const unitPrice = text.trim() === '' ? null : decimalOf(text);
  const isAmount = text.trim() === '' || unitPrice !== null;
  const isChanged = text.trim() !== saved;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || !isAmount) return;
    const id = item.__typename === 'Addon' ? { addonId: item.id } : { productId: item.id };
    await set.run({ input: { ...id, billingCycle, unitPrice } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <TextInput
          aria-label={t('retail.priceOf', { name: item.name })}
          placeholder={t('retail.none')}
          rightSection={
            <Text size="xs" c="dimmed">
              {currency}
            </Text>
          }
          rightSectionWidth={48}
          size="xs"
          w={130}
          inputMode="decimal"
          value={text}
          error={isAmount ? fieldError(set.trouble, 'unitPrice') : t('notAnAmount')}
          onChange={event => setText(event.currentTarget.value)}
        />
        <ActionButton
          type="submit"
          size="xs"
          variant="default"
          aria-label={t('retail.saveOf', { name: item.name })}
          disabled={!isChanged || !isAmount}
          loading={set.busy}
        >
          {t('retail.save')}
        </ActionButton>
      </Group>
      {retail && !isChanged && (
        <Text size="xs" c="dimmed">
          {t('retail.seen', { amount: money(retail) })}
        </Text>
      )}
      <TroubleAlert trouble={set.trouble} fields={['unitPrice']} />
    </form>
  );
}
