import { Card, Stack, Title, UnstyledButton } from '@mantine/core';
import { Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { Entries } from './entries';

/** Audit history of any object. Read when it is opened. Hidden from everybody but administrators, who alone can read it. */
export function History({ objectId }: { objectId: string }) {
  if (!administrators(useViewer())) return null;
  return (
    <Suspense fallback={null}>
      <HistoryCard objectId={objectId} />
    </Suspense>
  );
}

function HistoryCard({ objectId }: { objectId: string }) {
  const { t } = useTranslation('automation');
  const [opened, setOpened] = useState(false);
  const id = useId();
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          <UnstyledButton
            fz="inherit"
            fw="inherit"
            w="100%"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <span aria-hidden>{opened ? '▾' : '▸'}</span> {t('history.title')}
          </UnstyledButton>
        </Title>
        {opened && <Entries objectId={objectId} />}
      </Stack>
    </Card>
  );
}
