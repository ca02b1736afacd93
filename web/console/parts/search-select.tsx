import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { sentence } from '../data/action';

/** Option of a select. */
export interface Choice {
  value: string;
  label: string;
}

interface SearchSelectProps<Data, Option extends Choice> {
  label: string;
  placeholder: string;
  query: TypedDocumentNode<Data, never>;
  /** Variables besides the search. */
  variables?: Record<string, unknown>;
  /** Converts a response to options. `more` is true if the gateway has further matches. */
  choicesOf(data: Data): { choices: Option[]; more: boolean };
  chosen: Option | null;
  onChoose(choice: Option | null): void;
  required?: boolean;
  clearable?: boolean;
  error?: ReactNode;
}

/** Select whose options are searched by the gateway, so that lists of any length can be chosen from. */
export function SearchSelect<Data, Option extends Choice>(props: SearchSelectProps<Data, Option>) {
  const { t } = useTranslation();
  const { chosen, choicesOf, error, required = false, clearable = false } = props;
  const [text, setText] = useState('');
  // The field shows the chosen label, which is not a search.
  const [search] = useDebouncedValue(text === chosen?.label ? '' : text.trim(), 250);
  const [result] = useQuery<Data, AnyVariables>({
    query: props.query as TypedDocumentNode<Data, AnyVariables>,
    variables: { ...props.variables, search: search || null },
  });
  const { choices, more } = result.data ? choicesOf(result.data) : { choices: [], more: false };
  const known = chosen && choices.some(({ value }) => value === chosen.value);
  const data = chosen && !known ? [chosen, ...choices] : choices;
  const searching = result.fetching || result.stale;
  return (
    <Select
      label={props.label}
      placeholder={props.placeholder}
      description={more && !chosen ? t('select.first', { count: choices.length }) : undefined}
      required={required}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('select.clear', { label: props.label }) }}
      searchable
      data={data}
      value={chosen?.value ?? null}
      onChange={value => props.onChoose(data.find(each => each.value === value) ?? null)}
      searchValue={text}
      onSearchChange={setText}
      // The gateway has filtered them.
      filter={({ options }) => options}
      nothingFoundMessage={t(searching ? 'select.searching' : 'select.none')}
      rightSection={
        searching ? <Loader size="xs" role="img" aria-label={t('select.searching')} /> : undefined
      }
      error={result.error && !result.data ? sentence(result.error) : error}
    />
  );
}
