import { Button, Group, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AccountNameDocument } from '../../generated/graphql';
import { useListState } from '../parts/list-state';

/** Note that a list shows the records of one account only, whose id is a parameter of the address. */
export function AccountNote({ parameter }: { parameter: string }) {
  const id = useListState().read(parameter);
  return id ? <Note id={id} parameter={parameter} /> : null;
}

function Note({ id, parameter }: { id: string; parameter: string }) {
  const { t } = useTranslation('partners');
  const list = useListState();
  const [{ data }] = useQuery({ query: AccountNameDocument, variables: { id } });
  return (
    <Group gap="sm">
      <Text size="sm">
        <Trans
          t={t}
          i18nKey="onlyOf"
          values={{ name: data?.account?.name ?? '…' }}
          components={{ bdi: <bdi /> }}
        />
      </Text>
      <Button size="xs" variant="default" onClick={() => list.filter(parameter, null)}>
        {t('showAll')}
      </Button>
    </Group>
  );
}
