import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UpdateAccountDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import type { AccountDialogProps } from './account-dialog';
import { type AccountDetails, AccountFields, billingInput, DETAIL_FIELDS } from './account-fields';
import { FormDialog } from './form-dialog';

function detailsOf({ name, email, billing }: AccountDialogProps['account']): AccountDetails {
  const { company, email: billingEmail, addressLine1, postalCode, city, country } = billing;
  const optional = { vatNumber: billing.vatNumber ?? '', addressLine2: billing.addressLine2 ?? '' };
  const required = { company, email: billingEmail, addressLine1, postalCode, city, country };
  return { name, email, billing: { ...required, ...optional } };
}

/** Dialog that changes the name, the e-mail address and the billing details of an account. */
export function EditAccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation('partners');
  const update = useAction(UpdateAccountDocument);
  const [details, setDetails] = useState(() => detailsOf(account));
  const { id: accountId, version: expectedVersion } = account;
  const { name, email, billing } = details;
  const input = { accountId, expectedVersion, name, email, billing: billingInput(billing) };
  return (
    <FormDialog
      title={t('accountActions.edit')}
      about={account.name}
      submit={t('save')}
      action={update}
      fields={DETAIL_FIELDS}
      size="lg"
      onSubmit={() => update.run({ input })}
      onClose={onClose}
    >
      <AccountFields details={details} trouble={update.trouble} onChange={setDetails} />
    </FormDialog>
  );
}
