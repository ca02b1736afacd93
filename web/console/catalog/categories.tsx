import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ProductChoicesDocument } from '../../generated/graphql';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { CategoryDialog } from './category-dialog';
import { flatten, type PlacedCategory } from './category-tree';

const TYPES = { additionalTypenames: ['Category'] };

/** Page of the categories, in the order of the storefront. */
export function Categories() {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({ query: ProductChoicesDocument, context: TYPES });
  const [edited, setEdited] = useState<PlacedCategory | 'new' | null>(null);
  const placed = flatten(data?.categories ?? []);
  // While the dialog is open, it shows the category as it was read last.
  const now =
    edited === 'new' ? null : (placed.find(({ category }) => category.id === edited?.category.id) ?? edited);
  return (
    <Page
      title={t('categories.title')}
      lead={t('categories.lead')}
      aside={<Button onClick={() => setEdited('new')}>{t('categories.new')}</Button>}
    >
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data && placed.length === 0 && <Empty title={t('categories.none')} />}
      <Stack gap="xs" component="ul" m={0} p={0} aria-label={t('categories.title')}>
        {placed.map(each => (
          <CategoryCard key={each.category.id} placed={each} onEdit={() => setEdited(each)} />
        ))}
      </Stack>
      {edited && <CategoryDialog placed={now} all={placed} onClose={() => setEdited(null)} />}
    </Page>
  );
}

function CategoryCard({ placed, onEdit }: { placed: PlacedCategory; onEdit(): void }) {
  const { t } = useTranslation('catalog');
  const { category, depth } = placed;
  return (
    <Card withBorder padding="sm" component="li" ms={`calc(${depth} * var(--mantine-spacing-lg))`}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text fw={600}>
            <bdi>{category.name}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {t('categories.place', { slug: category.slug, position: category.position })}
          </Text>
          {category.description && (
            <Text size="sm">
              <bdi>{category.description}</bdi>
            </Text>
          )}
        </div>
        <Button
          variant="default"
          size="xs"
          aria-label={t('categories.edit', { name: category.name })}
          onClick={onEdit}
        >
          {t('edit')}
        </Button>
      </Group>
    </Card>
  );
}
