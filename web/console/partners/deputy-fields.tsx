import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetDeputyInput } from '../../generated/graphql';
import type { Trouble } from '../data/action';
import type { Choice } from '../parts/search-select';
import { fieldError } from '../parts/trouble';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { StaffChoice } from './choices';
import { STAFF_ROLES } from './rights';

/** A field for the local date and time has no time zone: the browser's own is meant. */
const momentOf = (local: string): string | null => (local ? new Date(local).toISOString() : null);

/** Paths of the fields that show errors of their own. */
export const DEPUTY_FIELDS = ['deputyId', 'from', 'until'];

/** Values of the fields of a deputization. */
export function useDeputyFields() {
  const [deputy, setDeputy] = useState<Choice | null>(null);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  return {
    deputy,
    setDeputy,
    from,
    setFrom,
    until,
    setUntil,
    input: (): Pick<SetDeputyInput, 'deputyId' | 'from' | 'until'> => ({
      deputyId: deputy?.value ?? null,
      from: momentOf(from),
      until: momentOf(until),
    }),
  };
}

/** Fields for the deputy of an account manager and its period. */
export function DeputyFields(props: { values: ReturnType<typeof useDeputyFields>; trouble: Trouble }) {
  const { t } = useTranslation('partners');
  const isAdministrator = administrators(useViewer());
  const { values, trouble } = props;
  const error = fieldError(trouble, 'deputyId');
  return (
    <>
      {isAdministrator ? (
        <StaffChoice
          label={t('deputy.title')}
          roles={STAFF_ROLES}
          required
          chosen={values.deputy}
          onChoose={values.setDeputy}
          error={error}
        />
      ) : (
        // The graph lists the members of staff for administrators only.
        <TextInput
          label={t('deputy.id')}
          description={t('deputy.idHint')}
          required
          value={values.deputy?.value ?? ''}
          error={error}
          onChange={({ currentTarget: { value } }) =>
            values.setDeputy(value ? { value, label: value } : null)
          }
        />
      )}
      <TextInput
        type="datetime-local"
        label={t('deputy.from')}
        description={t('deputy.fromHint')}
        value={values.from}
        error={fieldError(trouble, 'from')}
        onChange={event => values.setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('deputy.until')}
        description={t('deputy.untilHint')}
        value={values.until}
        error={fieldError(trouble, 'until')}
        onChange={event => values.setUntil(event.currentTarget.value)}
      />
    </>
  );
}
