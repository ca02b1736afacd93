import { Card, Group, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CreateAccountDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { Page } from '../parts/page';
import type { Choice } from '../parts/search-select';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { administrators, staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import {
  type AccountDetails,
  AccountFields,
  billingInput,
  DETAIL_FIELDS,
  NO_DETAILS,
} from './account-fields';
import { ResellerChoice, StaffChoice } from './choices';
import { PriceListSelect } from './price-list-select';
import { isUnderReseller, KINDS, type Place, placesOf } from './rights';

const FIELDS = [...DETAIL_FIELDS, 'resellerId', 'accountManagerId', 'priceListId', 'externalReference'];

/** The invoice goes to the account, until its billing details say otherwise. */
const follow = (last: AccountDetails, next: AccountDetails): AccountDetails => ({
  ...next,
  billing: {
    ...next.billing,
    company: last.billing.company === last.name ? next.name : next.billing.company,
    email: last.billing.email === last.email ? next.email : next.billing.email,
  },
});

const isSameBilling = (a: AccountDetails, b: AccountDetails) => a.billing === b.billing;

/** Page that creates a reseller, a customer or an affiliate. */
export function CreateAccount() {
  const { t } = useTranslation('partners');
  const viewer = useViewer();
  const [, navigate] = useLocation();
  const create = useAction(CreateAccountDocument, 'Account');
  const keyFor = useIdempotencyKey();
  const places = placesOf(viewer);
  const [place, setPlace] = useState<Place>(places[0] ?? 'END');
  const [details, setDetails] = useState(NO_DETAILS);
  const [reseller, setReseller] = useState<Choice | null>(null);
  const [manager, setManager] = useState<Choice | null>(null);
  const [priceListId, setPriceListId] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const below = isUnderReseller(place);
  const administers = administrators(viewer) && !below;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      kind: KINDS[place],
      name: details.name,
      email: details.email,
      billing: billingInput(details.billing),
      resellerId: (below && reseller?.value) || null,
      accountManagerId: (administers && manager?.value) || null,
      priceListId: administers ? priceListId : null,
      externalReference: reference.trim() || null,
    };
    const payload = await create.run({ input: { ...input, idempotencyKey: keyFor(input) } });
    if (payload?.account) navigate(`/customers/${payload.account.id}`);
  };

  return (
    <Page title={t('create.title')}>
      <Card withBorder padding="lg" maw={720} component="form" onSubmit={submit}>
        <Stack>
          <Radio.Group label={t('account.kind')} value={place} onChange={value => setPlace(value as Place)}>
            <Stack gap="xs" mt="xs">
              {places.map(value => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`places.${value}.name`)}
                  description={t(`places.${value}.hint`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {below && staff(viewer) && (
            <ResellerChoice
              label={t('account.reseller')}
              required
              chosen={reseller}
              onChoose={setReseller}
              error={fieldError(create.trouble, 'resellerId')}
            />
          )}
          <AccountFields
            details={details}
            trouble={create.trouble}
            onChange={next => setDetails(isSameBilling(details, next) ? follow(details, next) : next)}
          />
          {administers && (
            <>
              <StaffChoice
                label={t('account.manager')}
                roles={['ACCOUNT_MANAGER']}
                chosen={manager}
                onChoose={setManager}
                error={fieldError(create.trouble, 'accountManagerId')}
              />
              <PriceListSelect
                value={priceListId}
                onChange={setPriceListId}
                error={fieldError(create.trouble, 'priceListId')}
              />
            </>
          )}
          <TextInput
            label={t('account.reference')}
            description={t('account.referenceHint')}
            maxLength={100}
            value={reference}
            error={fieldError(create.trouble, 'externalReference')}
            onChange={event => setReference(event.currentTarget.value)}
          />
          <TroubleAlert trouble={create.trouble} fields={FIELDS} />
          <Group justify="flex-end">
            <ActionButton type="submit" loading={create.busy}>
              {t('create.submit')}
            </ActionButton>
          </Group>
        </Stack>
      </Card>
    </Page>
  );
}
