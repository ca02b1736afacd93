import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKeyFieldsFragment, RevokeApiKeyDocument } from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ConfirmDialog } from '../confirm-dialog';
import { stateOf } from './key-state';

/** Button that revokes a key, after a question. Hidden for keys that are refused already. */
export function RevokeKey({ apiKey }: { apiKey: ApiKeyFieldsFragment }) {
  const { t } = useTranslation('automation');
  const revoke = useAction(RevokeApiKeyDocument);
  const [asks, setAsks] = useState(false);
  if (stateOf(apiKey) !== 'ACTIVE') return null;
  const title = t('keys.revokeNamed', { name: apiKey.name });
  return (
    <>
      <Button size="xs" variant="default" aria-label={title} onClick={() => setAsks(true)}>
        {t('keys.revoke')}
      </Button>
      {asks && (
        <ConfirmDialog
          title={title}
          confirm={t('keys.revoke')}
          action={revoke}
          onConfirm={async () => {
            if (await revoke.run({ input: { apiKeyId: apiKey.id } })) setAsks(false);
          }}
          onClose={() => setAsks(false)}
        >
          {t('keys.revokeText')}
        </ConfirmDialog>
      )}
    </>
  );
}
