import { useTranslation } from 'react-i18next';
import { StateBadge } from '../parts/states';
import type { Overview } from './use-overview';

type Health = Pick<Overview['providers'][number], 'retrying' | 'overdueSeconds' | 'lastSucceededAt'>;

/** Seconds after which an operation that no worker claims shows a disturbance. */
const LATE_SECONDS = 60;

/** State of a provider. The state of an operation gives the color. */
export function HealthBadge({ health }: { health: Health }) {
  const { t } = useTranslation('overview');
  const [name, like] = stateOf(health);
  return <StateBadge state={like} label={t(`providers.states.${name}`)} />;
}

function stateOf({ retrying, overdueSeconds, lastSucceededAt }: Health) {
  if (overdueSeconds >= LATE_SECONDS) return ['waiting', 'FAILED'] as const;
  if (retrying > 0) return ['retrying', 'RETRYING'] as const;
  if (lastSucceededAt) return ['working', 'SUCCEEDED'] as const;
  return ['idle', 'PENDING'] as const;
}
