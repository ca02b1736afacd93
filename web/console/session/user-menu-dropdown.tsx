import { Menu, useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { chooseLanguage, currentLanguage, LANGUAGES } from '../i18n';
import { useSession } from './session';
import { UserButton } from './user-button';
import { useViewer } from './viewer';

/** Menu with the signed-in user, the language, the color scheme and the sign-out. Opens at once. */
export default function UserMenuDropdown() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [, navigate] = useLocation();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The button replaces another one, which had the focus. The menu returns it there.
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  const leave = () => {
    navigate('/');
    signOut();
  };
  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <UserButton ref={button} />
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
