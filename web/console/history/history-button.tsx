import { Button, Modal, Stack } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { Entries } from './entries';

/** Object whose history is shown. */
export interface HistoryButtonProps {
  objectId: string;
  /** Name of the object, which its button and its dialog have. */
  name: string;
}

/** Button that opens the audit history of an object without a page of its own. Hidden from everybody but administrators. */
export function HistoryButton(props: HistoryButtonProps) {
  if (!administrators(useViewer())) return null;
  return (
    <Suspense fallback={null}>
      <OpenHistory {...props} />
    </Suspense>
  );
}

function OpenHistory({ objectId, name }: HistoryButtonProps) {
  const { t } = useTranslation(['automation', 'common']);
  const [opened, setOpened] = useState(false);
  const title = t('history.of', { name });
  return (
    <>
      <Button size="xs" variant="default" aria-label={title} onClick={() => setOpened(true)}>
        {t('history.title')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack gap="sm">
          <Entries objectId={objectId} />
        </Stack>
      </Modal>
    </>
  );
}
