import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { HistoryButton, type HistoryButtonProps } from './history-button';

/** Actions of a row of a list whose object has no page of its own, with its history before them. */
export function RowActions({ children, ...object }: HistoryButtonProps & { children: ReactNode }) {
  return (
    <Group gap="xs" justify="flex-end">
      <HistoryButton {...object} />
      {children}
    </Group>
  );
}
