import { Alert, Checkbox, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Notification, SetNotificationsDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { Section } from '../partners/section';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';

const NOTIFICATIONS = [
  'ORDER_COMPLETED',
  'ORDER_FAILED',
  'CANCELLATION_REQUESTED',
  'CHANGE_REQUESTED',
  'REQUEST_DECIDED',
] as const satisfies readonly Notification[];

/** Form that turns the mails to the viewer on and off. */
export function NotificationsForm({ enabled }: { enabled: readonly Notification[] }) {
  const { t } = useTranslation('partners');
  const set = useAction(SetNotificationsDocument);
  const [chosen, setChosen] = useState<readonly string[]>(enabled);
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    const input = { enabled: NOTIFICATIONS.filter(name => chosen.includes(name)) };
    setDone((await set.run({ input })) !== null);
  };
  return (
    <Section title={t('notifications.title')}>
      <form onSubmit={submit}>
        <Stack>
          <TroubleAlert trouble={set.trouble} />
          {done && (
            <Alert color="teal" role="status">
              {t('saved')}
            </Alert>
          )}
          <Checkbox.Group aria-label={t('notifications.title')} value={[...chosen]} onChange={setChosen}>
            <Stack gap="xs">
              {NOTIFICATIONS.map(name => (
                <Checkbox key={name} value={name} label={t(`notifications.${name}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Text size="sm" c="dimmed">
            {t('notifications.hint')}
          </Text>
          <ActionButton type="submit" loading={set.busy} style={{ alignSelf: 'flex-start' }}>
            {t('save')}
          </ActionButton>
        </Stack>
      </form>
    </Section>
  );
}
