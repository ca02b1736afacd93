/** Request with a document and no extensions. */
export interface PlainRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

/** Whether a body is a plain request. */
export function isPlain(body: unknown): body is PlainRequest {
  if (typeof body !== 'object' || body === null) return false;
  const {
    query,
    variables = null,
    operationName = null,
    extensions = null,
  } = body as Record<string, unknown>;
  return (
    typeof query === 'string' &&
    typeof variables === 'object' &&
    !Array.isArray(variables) &&
    (operationName === null || typeof operationName === 'string') &&
    extensions === null
  );
}

/** Reads the parameters of a GET. Undefined if they are no plain request, or invalid, which Apollo Server answers. */
export function plainFromSearch(search: string): unknown {
  const parameters = new URLSearchParams(search);
  const { extensions = '{}', variables, ...rest } = Object.fromEntries(parameters);
  const isRepeated = new Set(parameters.keys()).size < parameters.size;
  if (isRepeated || extensions !== '{}') return undefined;
  try {
    return { ...rest, ...(variables !== undefined && { variables: JSON.parse(variables) as unknown }) };
  } catch {
    return undefined;
  }
}
