import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AccountKind,
  ResellerChoicesDocument,
  type ResellerChoicesQuery,
  type Role,
  StaffMembersDocument,
  type StaffMembersQuery,
  UserAccountsDocument,
  type UserAccountsQuery,
} from '../../generated/graphql';
import { type Choice, SearchSelect } from '../parts/search-select';

interface ChoiceProps<Option extends Choice = Choice> {
  label: string;
  chosen: Option | null;
  onChoose(choice: Option | null): void;
  required?: boolean;
  error?: ReactNode;
}

const resellersOf = ({ accounts: { nodes, pageInfo } }: ResellerChoicesQuery) => ({
  choices: nodes.map(({ id, name }) => ({ value: id, label: name })),
  more: pageInfo.hasNextPage,
});

/** Choice of a reseller that the viewer can see. */
export function ResellerChoice(props: ChoiceProps) {
  const { t } = useTranslation('partners');
  return (
    <SearchSelect
      {...props}
      placeholder={t('searchAccount')}
      query={ResellerChoicesDocument}
      choicesOf={resellersOf}
    />
  );
}

const membersOf = ({ users: { nodes, pageInfo } }: StaffMembersQuery) => ({
  choices: nodes.map(({ id, name, email }) => ({ value: id, label: email ? `${name} (${email})` : name })),
  more: pageInfo.hasNextPage,
});

/** Choice of an active member of BSS staff with one of the roles. Administrators only. */
export function StaffChoice({ roles, ...props }: ChoiceProps & { roles: readonly Role[] }) {
  const { t } = useTranslation('partners');
  return (
    <SearchSelect
      {...props}
      placeholder={t('searchUser')}
      query={StaffMembersDocument}
      variables={{ roles }}
      choicesOf={membersOf}
    />
  );
}

/** Account that a user can belong to. */
export interface AccountChoice extends Choice {
  kind: AccountKind;
}

const accountsOf = ({ accounts: { nodes, pageInfo } }: UserAccountsQuery) => ({
  choices: nodes.map(({ id, name, kind }) => ({ value: id, label: name, kind })),
  more: pageInfo.hasNextPage,
});

/** Choice of an account that the viewer can see. */
export function AnyAccountChoice(props: ChoiceProps<AccountChoice>) {
  const { t } = useTranslation('partners');
  return (
    <SearchSelect
      {...props}
      placeholder={t('searchAccount')}
      query={UserAccountsDocument}
      choicesOf={accountsOf}
    />
  );
}
