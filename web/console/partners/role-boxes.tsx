import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../generated/graphql';

interface RoleBoxesProps {
  options: readonly Role[];
  value: readonly Role[];
  onChange(roles: readonly Role[]): void;
  error?: ReactNode;
}

/** Checkboxes for roles. */
export function RoleBoxes({ options, value, onChange, error }: RoleBoxesProps) {
  const { t } = useTranslation('partners');
  return (
    <Checkbox.Group
      label={t('user.roles')}
      value={[...value]}
      error={error}
      onChange={roles => onChange(roles as Role[])}
    >
      <Group mt="xs">
        {options.map(role => (
          <Checkbox key={role} value={role} label={t(`roles.${role}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
