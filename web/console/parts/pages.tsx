import { Button, Group } from '@mantine/core';
import { useState } from 'react';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Position in a list: the start cursors of the pages visited so far. */
export function usePages() {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return {
    after: cursors.at(-1) ?? null,
    first: cursors.length === 1,
    forth: (cursor: string | null) => setCursors([...cursors, cursor]),
    back: () => setCursors(cursors.slice(0, -1)),
    restart: () => setCursors([null]),
  };
}

/** Buttons to the next and the previous page. Hidden if there is one page only. */
export function PageButtons({ pages, info }: { pages: ReturnType<typeof usePages>; info: PageInfo }) {
  if (pages.first && !info.hasNextPage) return null;
  return (
    <Group justify="center" role="navigation" aria-label="Pages">
      <Button variant="default" disabled={pages.first} onClick={pages.back}>
        Newer
      </Button>
      <Button variant="default" disabled={!info.hasNextPage} onClick={() => pages.forth(info.endCursor)}>
        Older
      </Button>
    </Group>
  );
}
