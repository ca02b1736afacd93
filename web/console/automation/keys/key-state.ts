import type { ApiKeyFieldsFragment } from '../../../generated/graphql';

/** State of a key: the graph has its times. */
export function stateOf({ revokedAt, expiresAt }: ApiKeyFieldsFragment): 'ACTIVE' | 'EXPIRED' | 'REVOKED' {
  if (revokedAt) return 'REVOKED';
  return Date.parse(expiresAt) <= Date.now() ? 'EXPIRED' : 'ACTIVE';
}
