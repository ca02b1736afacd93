import { useLocalStorage } from '@mantine/hooks';
import { useViewer } from '../../session/viewer';

/** Value that this browser keeps for a list of the viewer. */
export function useKept<Value>(list: string, what: 'columns' | 'filters', defaultValue: Value) {
  const { id } = useViewer();
  return useLocalStorage<Value>({
    key: `skybasket.list.${list}.${what}.${id}`,
    defaultValue,
    // The columns are there at the first render, so that the list does not move.
    getInitialValueInEffect: false,
  });
}
