import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
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
export function PageButtons({ list, info, names }: PageButtonsProps) {
  const { t } = useTranslation();
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = info;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <Group justify="center" role="navigation" aria-label={t('list.pages')}>
      <Button variant="default" disabled={!hasPreviousPage} onClick={() => list.previous(startCursor)}>
        {names?.[0] ?? t('list.newer')}
      </Button>
      <Button variant="default" disabled={!hasNextPage} onClick={() => list.next(endCursor)}>
        {names?.[1] ?? t('list.older')}
      </Button>
    </Group>
  );
}
