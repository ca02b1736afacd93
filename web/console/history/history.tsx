import { Card, Stack, Title, UnstyledButton } from '@mantine/core';
import { Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { Entries } from './entries';
import { filterOf } from './object-filter';

/**
 * Audit history of an account, an order, a subscription or a user. Read when it is opened. Hidden from everybody but
 * administrators, who alone can read the audit trail.
 */
export function History({ objectId }: { objectId: string }) {
  const isAdministrator = administrators(useViewer());
  const filter = filterOf(objectId);
  if (!isAdministrator || !filter) return null;
  return (
    <Suspense fallback={null}>
      <HistoryCard filter={filter} />
    </Suspense>
  );
}

function HistoryCard({ filter }: { filter: NonNullable<ReturnType<typeof filterOf>> }) {
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
        {opened && <Entries filter={filter} />}
      </Stack>
    </Card>
  );
}
