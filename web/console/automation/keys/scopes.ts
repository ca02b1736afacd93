import type { ApiKeyScope } from '../../../generated/graphql';
import type { Viewer } from '../../session/viewer';

const MANAGERS = ['READ', 'CANCEL', 'RENAME', 'CUSTOMERS', 'EXECUTE', 'DECIDE'] as const;

const SCOPES: Record<Viewer['roles'][number], readonly ApiKeyScope[]> = {
  CUSTOMER: [],
  RESELLER: ['READ', 'ORDER', 'CANCEL', 'RENAME', 'CUSTOMERS', 'DECIDE'],
  ACCOUNT_MANAGER: MANAGERS,
  ADMINISTRATOR: [...MANAGERS, 'MANAGE_CATALOG'],
};

/** Permissions that a key of a user with these roles can have. */
export const scopesOf = (roles: Viewer['roles']): readonly ApiKeyScope[] => [
  ...new Set(roles.flatMap(role => SCOPES[role])),
];
