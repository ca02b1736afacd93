import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { SignOutEverywhereDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from '../partners/form-dialog';
import { Section } from '../partners/section';
import { useSession } from '../session/session';

/** Sign-out, from this session or from all sessions of the viewer. */
export function Sessions() {
  const { t } = useTranslation('partners');
  const { signOut, forget } = useSession();
  const [, navigate] = useLocation();
  const [asks, setAsks] = useState(false);
  const leave = (end: () => void) => {
    navigate('/');
    end();
  };
  return (
    <Section title={t('settings.sessions.title')}>
      <Text size="sm">{t('settings.sessions.hint')}</Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => leave(signOut)}>
          {t('settings.sessions.here')}
        </Button>
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsks(true)}>
          {t('settings.sessions.everywhere')}
        </Button>
      </Group>
      {asks && <EverywhereDialog onDone={() => leave(forget)} onClose={() => setAsks(false)} />}
    </Section>
  );
}

function EverywhereDialog({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t } = useTranslation('partners');
  const signOut = useAction(SignOutEverywhereDocument);
  const submit = async () => {
    const payload = await signOut.run({});
    if (payload) onDone();
    return payload;
  };
  return (
    <FormDialog
      title={t('settings.sessions.everywhere')}
      submit={t('settings.sessions.everywhere')}
      dangerous
      action={signOut}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('settings.sessions.everywhereHint')}</Text>
    </FormDialog>
  );
}
