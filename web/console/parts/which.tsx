import { SegmentedControl } from '@mantine/core';
import type { ListState } from './list-state';

/** Choice of a part of a list, in the address. The first is shown at first. */
export function Which<Part extends string>(props: {
  label: string;
  list: ListState;
  parts: readonly { value: Part; label: string }[];
}) {
  const { label, list, parts } = props;
  return (
    <SegmentedControl
      aria-label={label}
      style={{ alignSelf: 'flex-start' }}
      value={list.read('shown') || parts[0]?.value || ''}
      onChange={value => list.filter('shown', value)}
      data={[...parts]}
    />
  );
}
