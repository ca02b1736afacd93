import { Anchor, AppShell, Group, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import mark from '../pages/mark.svg';
import { ConnectionSign } from './live/connection-sign';
import { useScrollPosition } from './parts/scroll';
import { roomsOf } from './rooms';
import { UserMenu } from './session/user-menu';
import { useViewer } from './session/viewer';
import { BasketCount } from './storefront/basket-count';

/** Scrolls the navigation of a narrow screen to the current item. */
const showCurrent = () =>
  document.querySelector('.rooms [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** Frame of every page: navigation, user menu and connection indicator. */
export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const rooms = roomsOf(useViewer());

  // Moves the focus to the start of a new page, so that a screen reader announces it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves with the address
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    showCurrent();
  }, [location]);
  useScrollPosition();
  useEffect(() => {
    window.addEventListener('resize', showCurrent);
    return () => window.removeEventListener('resize', showCurrent);
  }, []);

  return (
    <AppShell header={{ height: 96 }} padding={{ base: 'md', sm: 'xl' }}>
      <AppShell.Header px={{ base: 'md', sm: 'xl' }}>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Group h={52} justify="space-between" wrap="nowrap">
          <Anchor href="/" underline="never" c="inherit" aria-label="Skybasket, start page">
            <Group gap={8} wrap="nowrap">
              <img src={mark} alt="" width={28} height={28} />
              <Text fw={700} visibleFrom="xs">
                Skybasket
              </Text>
            </Group>
          </Anchor>
          <Group gap="sm" wrap="nowrap">
            <ConnectionSign />
            <UserMenu />
          </Group>
        </Group>
        <nav className="rooms" aria-label="Rooms">
          {rooms.map(([href, name]) => (
            <Link
              key={href}
              href={href}
              aria-current={location === href || location.startsWith(`${href}/`) ? 'page' : undefined}
            >
              {name}
              {href === '/basket' && <BasketCount />}
            </Link>
          ))}
        </nav>
      </AppShell.Header>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <div className="room">{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
