import { useTranslation } from 'react-i18next';

/** Hook of the names of event types. A type that this release of the console does not know keeps its code. */
export function useEventName(): (type: string) => string {
  const { t } = useTranslation('automation');
  return type => t(`events.${type}` as 'events.order.placed', { defaultValue: type });
}
