import { useTranslation } from 'react-i18next';
import { Empty } from '../parts/states';

/** Message for a list without records that match its filters. */
export function NoMatches() {
  const { t } = useTranslation();
  return <Empty title={t('list.nothing')}>{t('list.nothingHint')}</Empty>;
}
