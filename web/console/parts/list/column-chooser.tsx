import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from './types';
import { useKept } from './use-kept';

/** Columns of a list that are shown, as this browser keeps them, and a function that chooses others. */
export function useColumns<Row>(list: string, all: readonly Column<Row>[]) {
  const [kept, setKept, reset] = useKept<string[] | null>(list, 'columns', null);
  const standard = all.filter(({ optional }) => !optional).map(({ id }) => id);
  const chosen = new Set(kept ?? standard);
  // The first column is the name of the record.
  const columns = all.filter(({ id }, index) => index === 0 || chosen.has(id));
  return { columns, choose: setKept, reset };
}

interface ColumnChooserProps<Row> {
  all: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  choose(ids: string[]): void;
  reset(): void;
}

/** Button that opens the choice of the columns. */
export function ColumnChooser<Row>({ all, shown, choose, reset }: ColumnChooserProps<Row>) {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default">
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.columns')}>
        <Stack gap="xs">
          <Checkbox.Group value={shown.map(({ id }) => id)} onChange={choose} aria-label={t('list.columns')}>
            <Stack gap="xs">
              {all.map(({ id, header }, index) => (
                <Checkbox key={id} size="sm" value={id} label={header} disabled={index === 0} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button size="xs" variant="default" onClick={reset}>
            {t('list.reset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
