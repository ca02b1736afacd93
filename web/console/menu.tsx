import { NavLink, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { menuOf } from './pages';
import { useViewer } from './session/viewer';
import { BasketCount } from './storefront/basket-count';

/** Menu with the pages of the viewer, by section. */
export function Menu({ onChosen }: { onChosen(): void }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const sections = menuOf(useViewer());
  const isOpen = (path: string) => location === path || location.startsWith(`${path}/`);
  return (
    <Stack gap="md" component="nav" aria-label={t('mainNavigation')}>
      {sections.map(({ section, pages }) => (
        <section key={section} aria-labelledby={`menu-${section}`}>
          <Text id={`menu-${section}`} size="xs" fw={600} c="dimmed" px="sm" pb={4}>
            {t(`sections.${section}`)}
          </Text>
          {pages.map(({ path, name }) => (
            <NavLink
              key={path}
              component={Link}
              href={path}
              label={t(`pages.${name}`)}
              active={isOpen(path)}
              aria-current={isOpen(path) ? 'page' : undefined}
              rightSection={path === '/basket' && <BasketCount />}
              onClick={onChosen}
              className="menu-link"
            />
          ))}
        </section>
      ))}
    </Stack>
  );
}
