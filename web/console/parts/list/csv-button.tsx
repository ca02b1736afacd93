import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAll, save, toCsv } from './csv';
import type { ReadPage } from './loaded-rows';
import type { Column, Listed } from './types';

interface CsvButtonProps<Row extends Listed> {
  name: string;
  columns: readonly Column<Row>[];
  total: number | undefined;
  readPage: ReadPage<Row>;
}

type State =
  | { is: 'idle' }
  | { is: 'reading'; read: number }
  | { is: 'done'; count: number }
  | { is: 'failed' };

/** Button that writes the whole list to a CSV file, with the columns, filters and order that are shown. */
export function CsvButton<Row extends Listed>({ name, columns, total = 0, readPage }: CsvButtonProps<Row>) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ is: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    setState({ is: 'reading', read: 0 });
    try {
      const rows = await readAll(readPage, signal, read => setState({ is: 'reading', read }));
      save(await toCsv(columns, rows), `${name}.csv`);
      setState({ is: 'done', count: rows.length });
    } catch {
      setState(signal.aborted ? { is: 'idle' } : { is: 'failed' });
    }
  };

  return (
    <Group gap={0}>
      <Text size="xs" role="status" me={state.is === 'idle' ? 0 : 'xs'}>
        {state.is === 'reading' && t('list.csvProgress', { read: state.read, count: total })}
        {state.is === 'done' && t('list.csvDone', { count: state.count })}
        {state.is === 'failed' && t('list.csvFailed')}
      </Text>
      {state.is === 'reading' ? (
        <Button size="xs" variant="default" onClick={() => stop.current?.abort()}>
          {t('list.csvCancel')}
        </Button>
      ) : (
        <Button size="xs" variant="default" disabled={total === 0} onClick={run}>
          {t('list.csv')}
        </Button>
      )}
    </Group>
  );
}
