import { Anchor, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage, LANGUAGES } from '../i18n';

/** Choice of the language, before somebody has signed in. */
export function LanguageLinks() {
  const { t } = useTranslation();
  return (
    <Group gap="sm" role="group" aria-label={t('language')}>
      {LANGUAGES.map(language => (
        <Anchor
          key={language}
          component="button"
          type="button"
          size="sm"
          lang={language}
          aria-pressed={currentLanguage() === language}
          fw={currentLanguage() === language ? 650 : undefined}
          onClick={() => chooseLanguage(language)}
        >
          {t(`languages.${language}`)}
        </Anchor>
      ))}
    </Group>
  );
}
