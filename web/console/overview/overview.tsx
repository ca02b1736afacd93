import { Alert, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { sentence } from '../data/action';
import { atMoment } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { useViewer } from '../session/viewer';
import { MeasureCard } from './measure-card';
import { decisionsOf, loadOf } from './measures';
import { Providers } from './providers';
import { Throughput } from './throughput';
import { type Overview as Numbers, PERIOD_MS, useOverview } from './use-overview';

/** Page that an operator leaves open: throughput, failures, what waits, and links to what needs an action. */
export function Overview() {
  const { t } = useTranslation('overview');
  const { overview, error, isOld } = useOverview();
  return (
    <Page
      title={t('title')}
      lead={overview && t('asOf', { at: atMoment(overview.readAt), seconds: PERIOD_MS / 1000 })}
    >
      {!overview && (error ? <Failed error={error} /> : <Waiting />)}
      {overview && isOld && <OldNotice readAt={overview.readAt} error={error} />}
      {overview && <Sections overview={overview} />}
    </Page>
  );
}

/** Banner that says since when the numbers are old. */
function OldNotice({ readAt, error }: { readAt: string; error: CombinedError | null }) {
  const { t } = useTranslation('overview');
  return (
    <Alert role="alert" color="red" variant="light" title={t('old.title', { at: atMoment(readAt) })} data-old>
      {error ? sentence(error) : t('old.noAnswer')}
    </Alert>
  );
}

function Sections({ overview }: { overview: Numbers }) {
  const { t } = useTranslation('overview');
  const viewer = useViewer();
  const decisions = decisionsOf(overview, viewer);
  const load = loadOf(overview, viewer);
  return (
    <Stack gap="xl">
      <Section title={t('decisions.title')}>
        <SimpleGrid cols={{ base: 1, xs: 2, lg: decisions.length }}>
          {decisions.map(measure => (
            <MeasureCard key={measure.name} measure={measure} />
          ))}
        </SimpleGrid>
      </Section>
      <Throughput periods={overview.throughput} />
      <Section title={t('load.title')} lead={t('load.lead')}>
        <SimpleGrid cols={{ base: 1, xs: 2, lg: load.length }}>
          {load.map(measure => (
            <MeasureCard key={measure.name} measure={measure} />
          ))}
        </SimpleGrid>
      </Section>
      <Section title={t('providers.title')} lead={t('providers.lead')}>
        <Providers providers={overview.providers} />
      </Section>
    </Stack>
  );
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {lead}
      </Text>
      {children}
    </section>
  );
}
