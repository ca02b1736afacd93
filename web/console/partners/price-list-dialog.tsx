import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignPriceListDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { fieldError } from '../parts/trouble';
import type { AccountDialogProps } from './account-dialog';
import { FormDialog } from './form-dialog';
import { PriceListSelect } from './price-list-select';

/** Dialog that assigns a price list to an account. */
export function PriceListDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation('partners');
  const assign = useAction(AssignPriceListDocument, 'PriceList');
  const [priceListId, setPriceListId] = useState(account.priceList?.id ?? null);
  const input = { accountId: account.id, expectedVersion: account.version, priceListId };
  return (
    <FormDialog
      title={t('accountActions.priceList')}
      about={account.name}
      submit={t('save')}
      action={assign}
      fields={['priceListId']}
      onSubmit={() => assign.run({ input })}
      onClose={onClose}
    >
      <Text size="sm">{t('account.priceListHint')}</Text>
      <PriceListSelect
        value={priceListId}
        onChange={setPriceListId}
        error={fieldError(assign.trouble, 'priceListId')}
      />
    </FormDialog>
  );
}
