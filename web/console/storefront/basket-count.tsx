import { Badge } from '@mantine/core';
import { useQuery } from 'urql';
import { BasketDocument } from '../../generated/graphql';

/** Badge with the number of lines in the basket. */
export function BasketCount() {
  const [{ data }] = useQuery({ query: BasketDocument, requestPolicy: 'cache-first' });
  const lines = data?.basket?.lines.length ?? 0;
  if (lines === 0) return null;
  return (
    <Badge size="sm" circle ml={6} aria-label={lines === 1 ? 'one line' : `${lines} lines`}>
      {lines}
    </Badge>
  );
}
