import { type TypedDocumentNode, useQuery } from 'urql';
import { AuditNamesDocument, type AuditNamesQuery } from '../../generated/graphql';
import { useListState } from '../parts/list-state';
import { type Choice, SearchSelect } from '../parts/search-select';

interface RecordFilterProps<Data> {
  /** Name of the filter in the address, whose value is the id of the record. */
  name: string;
  label: string;
  placeholder: string;
  query: TypedDocumentNode<Data, never>;
  choicesOf(data: Data): { choices: Choice[]; more: boolean };
}

/** Name of a record. */
function nameOf(record: AuditNamesQuery['nodes'][number] | undefined): string | undefined {
  switch (record?.__typename) {
    case 'Order':
      return record.number;
    case 'CloudSubscription':
      return record.friendlyName;
    case 'Account':
    case 'User':
      return record.name;
    default:
      return undefined;
  }
}

/** Filter of a list by one record among many, which the gateway searches. */
export function RecordFilter<Data>({ name, ...select }: RecordFilterProps<Data>) {
  const list = useListState();
  const id = list.read(name);
  const [{ data }] = useQuery({ query: AuditNamesDocument, variables: { ids: [id] }, pause: !id });
  const chosen = id ? { value: id, label: nameOf(data?.nodes[0]) ?? id } : null;
  return (
    <SearchSelect {...select} chosen={chosen} onChoose={choice => list.filter(name, choice?.value ?? null)} />
  );
}
