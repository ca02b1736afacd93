import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Alert for a basket that was changed elsewhere. It has been read again, so the next attempt is made with what is shown. */
export function BasketConflict({ shown }: { shown: boolean }) {
  const { t } = useTranslation('storefront');
  return shown && <Alert color="yellow" role="alert" title={t('basket.outdated')} />;
}
