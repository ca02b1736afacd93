import i18next from 'i18next';
import { useCallback, useState } from 'react';
import {
  type AnyVariables,
  type CombinedError,
  type OperationContext,
  type TypedDocumentNode,
  useMutation,
} from 'urql';
import type { ErrorFieldsFragment } from '../../generated/graphql';

/** User error of a mutation. */
export type UserError = ErrorFieldsFragment;

/** Reason for the failure of an action: user errors, or a request that failed. */
export interface Trouble {
  errors: readonly UserError[];
  broken: string | null;
}

const NONE: Trouble = { errors: [], broken: null };

/** Result of a document with one mutation: a payload with `errors`. */
type Payloads = Record<string, { readonly errors: readonly UserError[] }>;

/**
 * Hook of a mutation. `run` resolves to its payload, or to null if it was rejected; `trouble` has the reason. Refetches
 * queries with the types in its response; `touches` names other types that it changes.
 */
export function useAction<Data extends Payloads, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  touches = '',
) {
  const [{ fetching }, execute] = useMutation(document);
  const [trouble, setTrouble] = useState(NONE);
  const run = useCallback(
    async (
      variables: Variables,
      context: Partial<OperationContext> = {},
    ): Promise<Data[keyof Data] | null> => {
      setTrouble(NONE);
      const { data, error } = await execute(variables, {
        additionalTypenames: touches.split(' '),
        ...context,
      });
      const [payload] = Object.values(data ?? {}) as [Data[keyof Data]?];
      if (!payload) {
        setTrouble({ errors: [], broken: sentence(error) });
        return null;
      }
      setTrouble({ errors: payload.errors, broken: null });
      return payload.errors.length > 0 ? null : payload;
    },
    [execute, touches],
  );
  return { run, trouble, busy: fetching, forget: useCallback(() => setTrouble(NONE), []) };
}

/** Message for a request that failed. */
export function sentence(error: CombinedError | undefined): string {
  if (error?.networkError) return i18next.t('trouble.unreachable');
  const sentences = error?.graphQLErrors.map(({ message, extensions }) => {
    if (extensions.code === 'RATE_LIMITED' || extensions.code === 'OVERLOADED')
      return i18next.t('trouble.busy');
    const { requestId } = extensions;
    return typeof requestId === 'string' ? i18next.t('trouble.request', { message, requestId }) : message;
  });
  return sentences?.join(' ') || i18next.t('trouble.unknown');
}
