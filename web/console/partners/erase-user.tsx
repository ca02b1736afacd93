import { Checkbox, List, Text } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { EraseUserDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from './form-dialog';
import type { UserDialogProps } from './user-dialog';

/** Dialog that erases a user. Says first what is erased and what stays. */
export function EraseUserDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation('partners');
  const erase = useAction(EraseUserDocument, 'Invitation AuditEntry');
  const [understood, setUnderstood] = useState(false);
  return (
    <FormDialog
      title={t('userActions.erase')}
      about={user.name}
      submit={t('userActions.erase')}
      dangerous
      action={erase}
      onSubmit={() => erase.run({ input: { userId: user.id } })}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans t={t} i18nKey="erase.lead" values={{ name: user.name }} components={{ bdi: <bdi /> }} />
      </Text>
      {(['erased', 'stays'] as const).map(part => (
        <div key={part}>
          <Text size="sm" fw={600} id={`erase-${part}`}>
            {t(`erase.${part}.title`)}
          </Text>
          <List size="sm" aria-labelledby={`erase-${part}`}>
            {(['first', 'second', 'third'] as const).map(item => (
              <List.Item key={item}>{t(`erase.${part}.${item}`)}</List.Item>
            ))}
          </List>
        </div>
      ))}
      <Checkbox
        label={t('erase.understood')}
        required
        checked={understood}
        onChange={event => setUnderstood(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
