import { Button, Group } from '@mantine/core';
import { useState } from 'react';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Which page of a list is shown: the cursor in front of each that has been opened. */
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

/** The way to older and back to newer items; nothing where there is one page. */
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
