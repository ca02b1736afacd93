import { useTranslation } from 'react-i18next';
import { atMinute } from '../parts/format';

interface Deputized {
  readonly deputy: { readonly name: string } | null;
  readonly deputyFrom: string | null;
  readonly deputyUntil: string | null;
}

/** Deputy of an account manager, with the time for which it acts. */
export function DeputyPeriod({
  user: { deputy, deputyFrom: from, deputyUntil: until },
}: {
  user: Deputized;
}) {
  const { t } = useTranslation('partners');
  if (!deputy) return null;
  return (
    <>
      <bdi>{deputy.name}</bdi>
      {from && `, ${t('deputy.fromTime', { time: atMinute(from) })}`}
      {until && `, ${t('deputy.untilTime', { time: atMinute(until) })}`}
    </>
  );
}
