import type { Connection, Listed } from './types';

/** Rows that were read at once, after a cursor. */
export interface Segment<Row> {
  readonly after: string | null;
  readonly rows: readonly Row[];
  /** Order of the reads: the higher is the newer. */
  readonly readAs: number;
  /** Whether the rows may have changed since they were read. */
  readonly stale: boolean;
}

/** Loaded part of a list: segments that follow each other without a gap, and the cursor of the end. */
export interface Loaded<Row> {
  readonly segments: readonly Segment<Row>[];
  readonly end: string | null;
  readonly more: boolean;
}

/**
 * Number of `old` rows that a page replaces: up to the last one that it has. A row that has moved in from far away does not
 * count, so most of the matches decide.
 */
function covered<Row extends Listed>(old: readonly Row[], page: readonly Row[]): number {
  const places = new Map(old.map(({ id }, index) => [id, index]));
  const matches = page.flatMap(({ id }) => places.get(id) ?? []).sort((one, other) => one - other);
  const median = matches[Math.floor(matches.length / 2)];
  if (median === undefined) return 0;
  return (matches.findLast(place => place <= median + 2 * page.length) ?? median) + 1;
}

/** Puts a page that was read after the cursor of the segment at `index` in the place of the rows that it covers. */
export function place<Row extends Listed>(
  { segments, end, more }: Loaded<Row>,
  index: number,
  page: Connection<Row>,
  readAs: number,
): Loaded<Row> {
  const { hasNextPage, endCursor } = page.pageInfo;
  const read = { after: segments[index]?.after ?? null, rows: page.nodes, readAs, stale: false };
  const kept = [...segments.slice(0, index), read];
  if (!hasNextPage) return { segments: kept, end: endCursor, more: false };
  const following = segments.slice(index);
  let left = covered(
    following.flatMap(({ rows }) => rows),
    page.nodes,
  );
  const next = following.findIndex(({ rows }) => {
    if (left < rows.length) return true;
    left -= rows.length;
    return false;
  });
  const cut = following[next];
  if (!cut) return { segments: kept, end: endCursor, more: true };
  const rest = {
    ...cut,
    after: endCursor,
    rows: cut.rows.slice(left),
    stale: cut.stale || cut.after !== endCursor,
  };
  return { segments: [...kept, rest, ...following.slice(next + 1)], end, more };
}

/** Rows of each segment. A row that was read twice is where it was read last. */
export function shownOf<Row extends Listed>(segments: readonly Segment<Row>[]): Row[][] {
  const newest = new Map<string, Segment<Row>>();
  for (const segment of segments) {
    for (const { id } of segment.rows) {
      if ((newest.get(id)?.readAs ?? -1) < segment.readAs) newest.set(id, segment);
    }
  }
  return segments.map(segment => segment.rows.filter(({ id }) => newest.get(id) === segment));
}
