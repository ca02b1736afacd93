import { Anchor, AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import mark from '../pages/mark.svg';
import { ConnectionSign } from './live/connection-sign';
import { Menu } from './menu';
import { LoadBoundary, ReloadButton } from './parts/load-boundary';
import { useScrollPosition } from './parts/scroll';
import { UserMenu } from './session/user-menu';

/** Frame of every page: menu, user menu and connection indicator. On a narrow screen a button opens the menu. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const [opened, { toggle, close }] = useDisclosure();

  // Moves the focus to the start of a new page, so that a screen reader announces it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves with the address
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    close();
  }, [location]);
  useScrollPosition();

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', lg: 'xl' }}
    >
      <AppShell.Header px={{ base: 'md', lg: 'xl' }}>
        <a className="skip" href="#main">
          {t('skip')}
        </a>
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={opened}
              aria-controls="menu"
            />
            <Anchor href="/" underline="never" c="inherit" aria-label={t('startPage')}>
              <Group gap={8} wrap="nowrap">
                <img src={mark} alt="" width={28} height={28} />
                <Text fw={700} visibleFrom="xs">
                  {t('product')}
                </Text>
              </Group>
            </Anchor>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <ConnectionSign />
            <LoadBoundary at={location} instead={<ReloadButton />}>
              <UserMenu />
            </LoadBoundary>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar id="menu" p="xs" component="div" data-opened={opened || undefined}>
        <div className="menu-scroll">
          <Menu onChosen={close} />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <div className="page">{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
