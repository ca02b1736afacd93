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
