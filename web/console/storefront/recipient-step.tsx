import { Alert, Group, Loader, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import {
  type BasketFieldsFragment,
  ChooseRecipientDocument,
  RecipientsDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { codeName } from '../parts/format';
import { Empty, Failed } from '../parts/states';
import { ErrorList, TroubleAlert } from '../parts/trouble';
import type { AnsweredBasket } from './use-basket';

/** Problems of the basket that concern the recipient. */
const ABOUT_RECIPIENT = [
  'ACTIVE_SUBSCRIPTION_EXISTS',
  'RECIPIENT_NOT_ALLOWED',
  'RESELLER_CANNOT_ORDER_FOR_SELF',
];

/** First step: chooses the end customer or affiliate that receives the services. */
export function RecipientStep({
  basket,
  onDone,
}: {
  basket: BasketFieldsFragment;
  onDone(basket: AnsweredBasket): void;
}) {
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [{ data, error, fetching }] = useQuery({
    query: RecipientsDocument,
    variables: { search: wanted || null },
  });
  const choose = useAction(ChooseRecipientDocument);
  const [chosen, setChosen] = useState(basket.recipient?.id ?? '');
  const problems = basket.problems.filter(({ code }) => ABOUT_RECIPIENT.includes(code));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await choose.run({ input: { accountId: chosen, expectedVersion: basket.version } });
    if (payload) onDone(payload.basket);
  };

  if (error && !data) return <Failed error={error} />;
  const recipients = data?.basket?.recipients.nodes ?? [];
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>Who receives these services? You can order for your end customers and affiliates.</Text>
        <TextInput
          label="Search"
          type="search"
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
          rightSection={fetching && <Loader size="xs" aria-label="Searching" />}
        />
        {problems.length > 0 && chosen === basket.recipient?.id && (
          <Alert color="red" title="This recipient cannot receive the order" role="alert">
            <ErrorList errors={problems} />
          </Alert>
        )}
        <TroubleAlert trouble={choose.trouble} />
        <Radio.Group aria-label="Recipient" value={chosen} onChange={setChosen}>
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
                      {codeName('accountKinds', account.kind)} · <bdi>{account.email}</bdi>
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </Stack>
        </Radio.Group>
        {data && recipients.length === 0 && <Empty title="Nobody has this name" />}
        <Group justify="flex-end">
          <ActionButton type="submit" size="md" disabled={!chosen} loading={choose.busy}>
            Checkout
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
