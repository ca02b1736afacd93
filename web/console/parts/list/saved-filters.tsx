import { Button, CloseButton, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListState } from '../list-state';
import { useKept } from './use-kept';

/** Query string of a list, with a name. */
interface SavedFilter {
  readonly name: string;
  readonly query: string;
}

/** Button that opens the saved filters of a list, which this browser keeps. */
export function SavedFilters({ name: listName, list }: { name: string; list: ListState }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useKept<SavedFilter[]>(listName, 'filters', []);
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const filter = { name: name.trim(), query: list.query };
    if (!filter.name) return;
    setSaved([...saved.filter(each => each.name !== filter.name), filter]);
    setName('');
  };
  const open = (query: string) => {
    list.open(query);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal width={300}>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened(now => !now)}>
          {t('list.saved')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.saved')}>
        <Stack gap="xs">
          {saved.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('list.noSaved')}
            </Text>
          )}
          {saved.map(({ name: each, query }) => (
            <Group key={each} gap={4} wrap="nowrap">
              <Button
                size="xs"
                variant={query === list.query ? 'light' : 'subtle'}
                flex={1}
                justify="flex-start"
                aria-current={query === list.query}
                onClick={() => open(query)}
              >
                <bdi>{each}</bdi>
              </Button>
              <CloseButton
                size="sm"
                aria-label={t('list.delete', { name: each })}
                onClick={() => setSaved(saved.filter(({ name: other }) => other !== each))}
              />
            </Group>
          ))}
          <form onSubmit={save}>
            <Group gap="xs" align="flex-end" wrap="nowrap">
              <TextInput
                size="xs"
                flex={1}
                label={t('list.saveName')}
                maxLength={60}
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={!name.trim()} aria-label={t('list.save')}>
                {t('list.saveIt')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
