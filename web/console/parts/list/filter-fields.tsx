import { Group, MultiSelect, Select, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListState } from '../list-state';
import { SearchField } from '../search-field';
import { TextField } from '../text-field';
import { daysOf, valuesOf } from './filter-values';
import type { Filter } from './types';

/** Fields of the filters of a list. */
export function FilterFields({ filters, list }: { filters: readonly Filter[]; list: ListState }) {
  return filters.map(filter => <FilterField key={filter.name} filter={filter} list={list} />);
}

function FilterField({ filter, list }: { filter: Filter; list: ListState }) {
  const { name, label } = filter;
  const value = list.read(name);
  switch (filter.kind) {
    case 'search':
      return <SearchField list={list} label={label} name={name} />;
    case 'text':
      return <TextField list={list} name={name} label={label} w={180} />;
    case 'select':
      return (
        <Select
          aria-label={label}
          placeholder={label}
          w={180}
          clearable
          data={[...filter.options]}
          value={value || null}
          onChange={chosen => list.filter(name, chosen)}
        />
      );
    case 'multiselect':
      return (
        <MultiSelect
          aria-label={label}
          placeholder={value ? undefined : label}
          miw={180}
          maw={400}
          clearable
          data={[...filter.options]}
          value={valuesOf(value) ?? []}
          onChange={chosen => list.filter(name, chosen.join(','))}
        />
      );
    case 'dates':
      return <Dates label={label} value={value} onChange={dates => list.filter(name, dates)} />;
  }
}

function Dates(props: { label: string; value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  const { label, value, onChange } = props;
  const { from, until } = daysOf(value);
  const change = (days: { from: string; until: string }) =>
    onChange(days.from || days.until ? `${days.from}..${days.until}` : '');
  return (
    <Group gap={4}>
      <Text size="sm" c="dimmed" aria-hidden>
        {label}
      </Text>
      <TextInput
        type="date"
        aria-label={t('list.from', { label })}
        title={t('list.from', { label })}
        max={until || undefined}
        value={from}
        onChange={event => change({ from: event.currentTarget.value, until })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        aria-label={t('list.until', { label })}
        title={t('list.until', { label })}
        min={from || undefined}
        value={until}
        onChange={event => change({ from, until: event.currentTarget.value })}
      />
    </Group>
  );
}
