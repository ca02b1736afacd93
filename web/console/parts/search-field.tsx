import { useTranslation } from 'react-i18next';
import type { ListState } from './list-state';
import { TextField } from './text-field';

/** Search of a list. `label` names what is searched. */
export function SearchField(props: { list: ListState; label: string; name?: string }) {
  const { list, label, name = 'search' } = props;
  const { t } = useTranslation();
  return (
    <TextField
      list={list}
      name={name}
      label={t('list.searchBy', { fields: label })}
      type="search"
      w="100%"
      maw={480}
    />
  );
}
