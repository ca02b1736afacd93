import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ListState } from '../list-state';
import { FilterFields } from './filter-fields';
import type { Filter } from './types';

/** Search and filters of a list. If it is `narrow`, a button opens the filters. */
export function Toolbar(props: { filters: readonly Filter[]; list: ListState; narrow: boolean }) {
  const { filters, list } = props;
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  const searches = filters.filter(({ kind }) => kind === 'search');
  const others = filters.filter(({ kind }) => kind !== 'search');
  const set = others.filter(({ name }) => list.read(name) !== '').length;
  const narrow = props.narrow && others.length > 0;
  return (
    <>
      <Group gap="xs">
        <FilterFields filters={searches} list={list} />
        {narrow && (
          <Button variant="default" size="xs" aria-expanded={opened} onClick={toggle}>
            {set > 0 ? t('list.filtersSet', { count: set }) : t('list.filters')}
          </Button>
        )}
        {!narrow && <FilterFields filters={others} list={list} />}
      </Group>
      {narrow && opened && (
        <Group gap="xs">
          <FilterFields filters={others} list={list} />
        </Group>
      )}
    </>
  );
}
