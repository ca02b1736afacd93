import { useTranslation } from 'react-i18next';
import type { ChargeFieldsFragment } from '../../generated/graphql';
import { onDay } from '../parts/format';

/** Name of what is charged: the product, the add-on, or the reason of an adjustment. */
export const itemOf = ({ product, addon, reason }: ChargeFieldsFragment): string =>
  product?.name ?? addon?.name ?? reason ?? '';

/** Time that is charged or given back. An adjustment has a day only. */
export function usePeriod() {
  const { t } = useTranslation('money');
  return ({ periodStart, periodEnd }: ChargeFieldsFragment): string =>
    periodStart === periodEnd
      ? onDay(periodStart)
      : t('charges.fromTo', { from: onDay(periodStart), to: onDay(periodEnd) });
}
