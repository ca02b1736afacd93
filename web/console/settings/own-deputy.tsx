import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnSettingsQuery } from '../../generated/graphql';
import { DeputyDialog } from '../partners/deputy-dialog';
import { DeputyPeriod } from '../partners/deputy-period';
import { Section } from '../partners/section';

/** Deputy of the viewer, an account manager. */
export function OwnDeputy({ viewer }: { viewer: OwnSettingsQuery['viewer'] }) {
  const { t } = useTranslation('partners');
  const [opened, setOpened] = useState(false);
  return (
    <Section title={t('deputy.title')}>
      <Text size="sm">{viewer.deputy ? <DeputyPeriod user={viewer} /> : t('deputy.none')}</Text>
      <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setOpened(true)}>
        {t('userActions.deputy')}
      </Button>
      {opened && <DeputyDialog user={viewer} onClose={() => setOpened(false)} />}
    </Section>
  );
}
