import { type CatalogChange, CatalogChangeKind, type CatalogItemKind } from '../../entities';
import type { RejectedEntry } from '../../providers';

/** Entries that are not imported, as they are shown beside the changes. */
export const rejections = (entries: readonly RejectedEntry[]): CatalogChange[] =>
  entries.map(({ kind: item, code, position, reason }) => ({
    kind: CatalogChangeKind.REJECT,
    item,
    code,
    field: null,
    from: null,
    to: null,
    position,
    reason,
  }));

/** Whether a malformed entry, or one without an id, may name our item, which is then not withdrawn. */
export function mayBeOffered(
  rejected: readonly RejectedEntry[],
  type: string,
  kind: CatalogItemKind,
  code: string,
): boolean {
  return rejected.some(
    entry => entry.kind === kind && (entry.code === code || (entry.code === null && entry.type === type)),
  );
}
