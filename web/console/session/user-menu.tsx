import { Button, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { chooseLanguage, currentLanguage, LANGUAGES } from '../i18n';
import { useSession } from './session';
import { useViewer } from './viewer';

/** Menu with the signed-in user, the language, the color scheme and the sign-out. */
export function UserMenu() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, navigate] = useLocation();
  const leave = () => {
    navigate('/');
    signOut();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" size="xs" maw={180}>
          <Text component="span" size="xs" truncate title={viewer.account?.name ?? viewer.name}>
            <bdi>{viewer.account?.name ?? viewer.name}</bdi>
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{viewer.name}</bdi>
          <br />
          {viewer.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        {LANGUAGES.map(language => (
          <Menu.Item
            key={language}
            role="menuitemradio"
            aria-checked={currentLanguage() === language}
            fw={currentLanguage() === language ? 650 : undefined}
            lang={language}
            onClick={() => chooseLanguage(language)}
          >
            {t(`languages.${language}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {(['light', 'dark', 'auto'] as const).map(scheme => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            fw={colorScheme === scheme ? 650 : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`colors.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => navigate('/settings')}>{t('pages.settings')}</Menu.Item>
        <Menu.Item onClick={leave}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
