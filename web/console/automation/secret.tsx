import { Alert, Button, CopyButton, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Secret that is shown once, with its use. Null if an earlier attempt created it: the gateway stores no secret that it could
 * show again.
 */
export function Secret(props: { label: string; secret: string | null; children: ReactNode }) {
  const { t } = useTranslation('automation');
  const { label, secret, children } = props;
  if (secret === null) return <Alert color="yellow">{t('secret.lost')}</Alert>;
  return (
    <>
      <Alert color="yellow" role="status">
        {t('secret.once')}
      </Alert>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={label}
          flex={1}
          readOnly
          data-autofocus
          value={secret}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={event => event.currentTarget.select()}
        />
        {/* Browsers have a clipboard only on https and localhost. */}
        {navigator.clipboard && (
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('secret.copied') : t('secret.copy')}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {children}
    </>
  );
}
