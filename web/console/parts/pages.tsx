import { Button, Group } from '@mantine/core';
import type { ListState } from './list-state';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

interface PageButtonsProps {
  list: ListState;
  info: PageInfo;
  /** Names of the buttons. Defaults to those of a list by time. */
  names?: readonly [previous: string, next: string];
}

/** Buttons to the previous and the next page. Hidden if there is one page only. */
export function PageButtons({ list, info, names = ['Newer', 'Older'] }: PageButtonsProps) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = info;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <Group justify="center" role="navigation" aria-label="Pages">
      <Button variant="default" disabled={!hasPreviousPage} onClick={() => list.previous(startCursor)}>
        {names[0]}
      </Button>
      <Button variant="default" disabled={!hasNextPage} onClick={() => list.next(endCursor)}>
        {names[1]}
      </Button>
    </Group>
  );
}
