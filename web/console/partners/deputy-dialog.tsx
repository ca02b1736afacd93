import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SetDeputyDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { DEPUTY_FIELDS, DeputyFields, useDeputyFields } from './deputy-fields';
import { DeputyPeriod } from './deputy-period';
import { FormDialog } from './form-dialog';
import type { UserDialogProps } from './user-dialog';

/** Properties of the dialog: an account manager, who can be the viewer itself. */
type DeputyDialogProps = Pick<UserDialogProps, 'onClose'> & {
  user: Pick<UserDialogProps['user'], 'id' | 'deputy' | 'deputyFrom' | 'deputyUntil'>;
};

/** Dialog that sets the deputy of an account manager, or ends the deputization. */
export function DeputyDialog({ user, onClose }: DeputyDialogProps) {
  const { t } = useTranslation('partners');
  const set = useAction(SetDeputyDocument, 'User');
  const values = useDeputyFields();
  const end = async () => {
    if (await set.run({ input: { userId: user.id, deputyId: null } })) onClose();
  };
  return (
    <FormDialog
      title={t('userActions.deputy')}
      submit={t('deputy.set')}
      action={set}
      fields={DEPUTY_FIELDS}
      onSubmit={() => set.run({ input: { userId: user.id, ...values.input() } })}
      onClose={onClose}
    >
      <Text size="sm">{t('deputy.hint')}</Text>
      {user.deputy && (
        <>
          <Text size="sm">
            {t('deputy.now')} <DeputyPeriod user={user} />
          </Text>
          <ActionButton
            variant="default"
            size="xs"
            style={{ alignSelf: 'flex-start' }}
            loading={set.busy}
            onClick={end}
          >
            {t('deputy.end')}
          </ActionButton>
        </>
      )}
      <DeputyFields values={values} trouble={set.trouble} />
    </FormDialog>
  );
}
