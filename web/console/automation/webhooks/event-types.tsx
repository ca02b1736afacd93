import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EventTypesDocument } from '../../../generated/graphql';
import { useEventName } from '../../history/event-name';

interface EventTypesProps {
  value: readonly string[];
  /** Whether the webhook receives the events of every account, and so can select every type. */
  everyAccount: boolean;
  error: string | undefined;
  onChange(types: string[]): void;
}

/** Field of the event types of a webhook: single types, and groups of them. */
export function EventTypesField({ value, everyAccount, error, onChange }: EventTypesProps) {
  const { t } = useTranslation('automation');
  const nameOf = useEventName();
  const [{ data }] = useQuery({ query: EventTypesDocument });
  const groups = useMemo(() => {
    const names = data?.eventTypes.flatMap(type => (type.everyAccount && !everyAccount ? [] : type.name));
    const byGroup = new Map<string, string[]>();
    for (const name of names ?? []) {
      const [group = name] = name.split('.');
      byGroup.set(group, [...(byGroup.get(group) ?? []), name]);
    }
    return byGroup;
  }, [data, everyAccount]);
  return (
    <MultiSelect
      label={t('webhooks.types')}
      description={t('webhooks.typesHint')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('webhooks.clearTypes') }}
      hidePickedOptions
      maxDropdownHeight={280}
      error={error}
      value={[...value]}
      onChange={onChange}
      data={[...groups].map(([group, names]) => ({
        group,
        items: [
          { value: `${group}.*`, label: t('webhooks.group', { group }) },
          ...names.map(name => ({ value: name, label: `${nameOf(name)} (${name})` })),
        ],
      }))}
    />
  );
}
