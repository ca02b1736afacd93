import { Alert, Group, Loader, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  type BasketFieldsFragment,
  ChooseRecipientDocument,
  RecipientsDocument,
} from '../../generated/graphql';
import { ActionButton } from '../parts/action-button';
import { codeName } from '../parts/format';
import { Empty, Failed } from '../parts/states';
import { ErrorList, TroubleAlert } from '../parts/trouble';
import { useBasketAction } from './basket-action';
import { BasketConflict } from './basket-conflict';

/** Problems of the basket that concern the recipient. */
const ABOUT_RECIPIENT = [
  'ACTIVE_SUBSCRIPTION_EXISTS',
  'RECIPIENT_NOT_ALLOWED',
  'RESELLER_CANNOT_ORDER_FOR_SELF',
];

/** Account that can be chosen. The basket has no e-mail address of its recipient. */
type Recipient = NonNullable<BasketFieldsFragment['recipient']> & { readonly email?: string | null };

/** First step: chooses the end customer or affiliate that receives the services. */
export function RecipientStep({ basket, onDone }: { basket: BasketFieldsFragment; onDone(): void }) {
  const { t } = useTranslation('storefront');
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [{ data, error, fetching }] = useQuery({
    query: RecipientsDocument,
    variables: { search: wanted || null },
  });
  const choose = useBasketAction(ChooseRecipientDocument);
  const [recipient, setRecipient] = useState<Recipient | null>(basket.recipient);
  const chosen = recipient?.id ?? '';
  const problems = basket.problems.filter(({ code }) => ABOUT_RECIPIENT.includes(code));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await choose.run({ input: { accountId: chosen, expectedVersion: basket.version } })) onDone();
  };

  if (error && !data) return <Failed error={error} />;
  const found: readonly Recipient[] = data?.basket?.recipients.nodes ?? [];
  // The chosen one stays in sight, whatever is searched.
  const others = found.filter(({ id }) => id !== chosen);
  const recipients = recipient && others.length === found.length ? [recipient, ...found] : found;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('recipient.question')}</Text>
        <TextInput
          label={t('recipient.search')}
          description={
            data?.basket?.recipients.pageInfo.hasNextPage && t('recipient.more', { count: found.length })
          }
          type="search"
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
          rightSection={fetching && <Loader size="xs" role="img" aria-label={t('recipient.searching')} />}
        />
        {problems.length > 0 && chosen === basket.recipient?.id && (
          <Alert color="red" title={t('recipient.unsuitable')} role="alert">
            <ErrorList errors={problems} />
          </Alert>
        )}
        <BasketConflict shown={choose.conflict} />
        {!choose.conflict && <TroubleAlert trouble={choose.trouble} />}
        <Radio.Group
          aria-label={t('checkout.steps.RECIPIENT')}
          value={chosen}
          onChange={value => setRecipient(recipients.find(({ id }) => id === value) ?? null)}
        >
          <Stack gap="xs">
            {recipients.map(account => (
              <Radio.Card key={account.id} value={account.id} p="md" aria-label={account.name}>
                <Group wrap="nowrap">
                  <Radio.Indicator />
                  <div>
                    <Text fw={500}>
                      <bdi>{account.name}</bdi>
                    </Text>
                    <Text size="sm" c="dimmed">
                      {codeName('accountKinds', account.kind)}
                      {account.email && (
                        <>
                          {' · '}
                          <bdi>{account.email}</bdi>
                        </>
                      )}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        <div role="status">{data && found.length === 0 && <Empty title={t('recipient.nobody')} />}</div>
        <Group justify="flex-end">
          <ActionButton type="submit" size="md" disabled={!chosen} loading={choose.busy}>
            {t('recipient.next')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
