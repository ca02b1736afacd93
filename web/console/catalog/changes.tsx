import { Badge, Chip, Group, Pagination, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogChangeFieldsFragment, CatalogChangeKind } from '../../generated/graphql';

/** Kinds in the order of their need for attention. */
const KINDS: readonly CatalogChangeKind[] = ['REJECT', 'WITHDRAW', 'ADD', 'UPDATE', 'KEEP'];
const PAGE_SIZE = 50;

/** Changes of a catalog import, by kind and page by page. */
export function Changes({ changes }: { changes: readonly CatalogChangeFieldsFragment[] }) {
  const { t } = useTranslation('catalog');
  const [chosen, setChosen] = useState<CatalogChangeKind | 'all'>('all');
  const [page, setPage] = useState(1);
  const counts = KINDS.map(kind => [kind, changes.filter(each => each.kind === kind).length] as const);
  const shown = KINDS.filter(kind => chosen === 'all' || kind === chosen).flatMap(kind =>
    changes.filter(each => each.kind === kind),
  );
  const pages = Math.ceil(shown.length / PAGE_SIZE);
  if (changes.length === 0) return null;
  return (
    <Stack gap="sm">
      <Group gap="xs" role="radiogroup" aria-label={t('imports.kinds')}>
        <Chip.Group
          value={chosen}
          onChange={value => {
            setChosen(value as typeof chosen);
            setPage(1);
          }}
        >
          <Chip value="all">{t('imports.all', { count: changes.length })}</Chip>
          {counts.map(([kind, count]) =>
            count > 0 ? (
              <Chip key={kind} value={kind}>
                {t(`changes.${kind}`)} ({count})
              </Chip>
            ) : null,
          )}
        </Chip.Group>
      </Group>
      <Stack gap={0} component="ul" m={0} p={0} aria-label={t('imports.changes')}>
        {shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes have no identity but their place
          <Change key={index} change={change} />
        ))}
      </Stack>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={setPage}
          getItemProps={number => ({ 'aria-label': t('imports.page', { number }) })}
          getControlProps={control => ({ 'aria-label': t(`imports.${control}Page` as 'imports.nextPage') })}
        />
      )}
    </Stack>
  );
}

/** One change: what, of which item, and from which value to which. */
function Change({ change }: { change: CatalogChangeFieldsFragment }) {
  const { t } = useTranslation('catalog');
  const { kind, item, code, field, position, reason } = change;
  return (
    <Group
      component="li"
      gap="xs"
      py="xs"
      wrap="wrap"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)', overflowWrap: 'anywhere' }}
    >
      <Badge variant="default" tt="none">
        {t(`changes.${kind}`)}
      </Badge>
      <Text size="sm" fw={600}>
        {t(`items.${item}`)} <bdi>{code}</bdi>
      </Text>
      {position && (
        <Text size="sm">
          {t('imports.at')} <code>{position}</code>
        </Text>
      )}
      {reason && <Text size="sm">{reason}</Text>}
      {field && <Values change={change} field={field} />}
    </Group>
  );
}

/** Values of a change. A kept difference has the value of the catalog and that of the provider. */
function Values({ change, field }: { change: CatalogChangeFieldsFragment; field: string }) {
  const { t } = useTranslation('catalog');
  const [from, to] = [change.from ?? t('none'), change.to ?? t('none')];
  return (
    <Text size="sm">
      {field}:{' '}
      {change.kind === 'KEEP' ? (
        t('imports.kept', { from, to })
      ) : (
        <>
          <bdi>{from}</bdi> → <bdi>{to}</bdi>
        </>
      )}
    </Text>
  );
}
