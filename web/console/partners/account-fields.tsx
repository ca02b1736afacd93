import { Fieldset, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingFieldsFragment } from '../../generated/graphql';
import type { Trouble } from '../data/action';
import { currentLocale } from '../i18n';
import { countriesIn } from '../parts/countries';
import { fieldError } from '../parts/trouble';

/** Details of an account that a form has. */
export interface AccountDetails {
  name: string;
  email: string;
  billing: Record<Exclude<keyof BillingFieldsFragment, '__typename'>, string>;
}

/** Details of a new account. */
export const NO_DETAILS: AccountDetails = {
  name: '',
  email: '',
  billing: {
    company: '',
    vatNumber: '',
    email: '',
    addressLine1: '',
    addressLine2: '',
    postalCode: '',
    city: '',
    country: '',
  },
};

/** Paths of the fields that show errors of their own. */
export const DETAIL_FIELDS = ['name', 'email', ...Object.keys(NO_DETAILS.billing)];

const OPTIONAL = ['vatNumber', 'addressLine2'] as const;

/** Billing details as an input has them: null for what is left empty. */
export const billingInput = (billing: AccountDetails['billing']) => ({
  ...billing,
  ...Object.fromEntries(OPTIONAL.map(name => [name, billing[name].trim() || null])),
});

interface AccountFieldsProps {
  details: AccountDetails;
  trouble: Trouble;
  onChange(details: AccountDetails): void;
}

/** Fields for the name, the e-mail address and the billing details of an account. */
export function AccountFields({ details, trouble, onChange }: AccountFieldsProps) {
  const { t } = useTranslation('partners');
  // The billing details have an e-mail address too.
  const own = { ...trouble, errors: trouble.errors.filter(({ path }) => path?.[0] !== 'billing') };
  return (
    <>
      <TextInput
        label={t('account.name')}
        required
        maxLength={200}
        value={details.name}
        error={fieldError(own, 'name')}
        onChange={event => onChange({ ...details, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('account.email')}
        description={t('account.emailHint')}
        type="email"
        required
        value={details.email}
        error={fieldError(own, 'email')}
        onChange={event => onChange({ ...details, email: event.currentTarget.value })}
      />
      <BillingFields details={details} trouble={trouble} onChange={onChange} />
    </>
  );
}

function BillingFields({ details, trouble, onChange }: AccountFieldsProps) {
  const { t } = useTranslation(['partners', 'common']);
  const locale = currentLocale();
  const countries = useMemo(() => countriesIn(locale), [locale]);
  const { billing } = details;
  const change = (part: Partial<AccountDetails['billing']>) =>
    onChange({ ...details, billing: { ...billing, ...part } });
  const field = (name: keyof typeof billing, required = true) => (
    <TextInput
      label={t(`billing.${name}`)}
      type={name === 'email' ? 'email' : 'text'}
      required={required}
      value={billing[name]}
      error={fieldError(trouble, 'billing', name)}
      onChange={event => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Fieldset legend={t('billing.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {field('company')}
        {field('vatNumber', false)}
        {field('email')}
        {field('addressLine1')}
        {field('addressLine2', false)}
        {field('postalCode')}
        {field('city')}
        <Select
          label={t('billing.country')}
          placeholder={t('billing.chooseCountry')}
          required
          searchable
          data={countries}
          value={billing.country || null}
          error={fieldError(trouble, 'billing', 'country')}
          nothingFoundMessage={t('common:select.none')}
          onChange={country => change({ country: country ?? '' })}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
