import { useTranslation } from 'react-i18next';
import { StateBadge } from '../parts/states';

/** Badge that says whether an account or a user is active. */
export function ActiveBadge({ active }: { active: boolean }) {
  const { t } = useTranslation('partners');
  return active ? (
    <StateBadge state="ACTIVE" label={t('active')} />
  ) : (
    <StateBadge state="DEACTIVATED" label={t('deactivated')} />
  );
}
