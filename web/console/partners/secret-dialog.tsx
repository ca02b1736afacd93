import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Secret that the gateway returns once, with a button that copies it. */
export function SecretDialog(props: { title: string; secret: string; hint: string; onClose(): void }) {
  const { t } = useTranslation('partners');
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="yellow" role="alert">
          {t('secret.warning')}
        </Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', fontSize: '1rem' }}>
          {props.secret}
        </Code>
        <Text size="sm">{props.hint}</Text>
        <Group justify="flex-end">
          <CopyButton value={props.secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} data-autofocus>
                <span aria-live="polite">{copied ? t('secret.copied') : t('secret.copy')}</span>
              </Button>
            )}
          </CopyButton>
          <Button onClick={props.onClose}>{t('secret.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
