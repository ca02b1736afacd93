import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OwnSettingsDocument, type OwnSettingsQuery } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { chooseLanguage, currentLanguage, LANGUAGES, type Language } from '../i18n';
import { Fact, Facts } from '../partners/facts';
import { Section } from '../partners/section';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { NotificationsForm } from './notifications-form';
import { OwnDeputy } from './own-deputy';
import { PasswordForm } from './password-form';
import { Sessions } from './sessions';

/** Page of the viewer's own settings. */
export function Settings() {
  const { t } = useTranslation('partners');
  const { data, error } = useLiveQuery(OwnSettingsDocument, {}, 'User');
  return (
    <Page title={t('settings.title')}>
      {data ? <Content viewer={data.viewer} /> : error ? <Failed error={error} /> : <Waiting />}
    </Page>
  );
}

function Content({ viewer }: { viewer: OwnSettingsQuery['viewer'] }) {
  const { t } = useTranslation('partners');
  const roles = (viewer.roles ?? []).map(role => t(`roles.${role}`)).join(', ');
  return (
    <Stack gap="xl" maw={960}>
      <Section title={t('settings.person')}>
        <Facts>
          <Fact name={t('user.name')}>
            <bdi>{viewer.name}</bdi>
          </Fact>
          <Fact name={t('user.email')}>{viewer.email}</Fact>
          <Fact name={t('user.account')}>
            {viewer.account ? <bdi>{viewer.account.name}</bdi> : t('user.staff')}
          </Fact>
          <Fact name={t('user.roles')}>{roles}</Fact>
        </Facts>
        <Text size="sm" c="dimmed">
          {t('settings.personHint')}
        </Text>
      </Section>
      <LanguageSetting />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <PasswordForm />
        <NotificationsForm enabled={viewer.notifications ?? []} />
      </SimpleGrid>
      {viewer.roles?.includes('ACCOUNT_MANAGER') && <OwnDeputy viewer={viewer} />}
      <Sessions />
    </Stack>
  );
}

function LanguageSetting() {
  const { t } = useTranslation();
  return (
    <Section title={t('language')}>
      <Select
        aria-label={t('language')}
        maw={240}
        allowDeselect={false}
        value={currentLanguage()}
        data={LANGUAGES.map(value => ({ value, label: t(`languages.${value}`) }))}
        onChange={value => value && chooseLanguage(value as Language)}
      />
    </Section>
  );
}
