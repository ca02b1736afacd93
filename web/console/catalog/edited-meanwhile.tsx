import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';

/** Reason for a failure without version conflicts, which `EditedMeanwhile` shows. */
export const withoutConflict = ({ errors, broken }: Trouble): Trouble => ({
  errors: errors.filter(({ __typename }) => __typename !== 'VersionConflictError'),
  broken,
});

/** Whether another user has changed the record since it was read. */
export const isConflict = ({ errors }: Trouble): boolean =>
  errors.some(({ __typename }) => __typename === 'VersionConflictError');

interface EditedMeanwhileProps {
  trouble: Trouble;
  /** Values that another user has saved, with their labels. */
  changes: readonly { label: string; value: string }[];
  onKeepMine(): void;
  onDiscard(): void;
}

/** Alert that another user has saved the record meanwhile, with the values that the edits would replace. */
export function EditedMeanwhile({ trouble, changes, onKeepMine, onDiscard }: EditedMeanwhileProps) {
  const { t } = useTranslation('catalog');
  if (changes.length === 0 && !isConflict(trouble)) return null;
  return (
    <Alert color="yellow" title={t('meanwhile.title')} role="alert">
      <Stack gap="xs">
        <Text size="sm">{t('meanwhile.text')}</Text>
        <List size="sm">
          {changes.map(({ label, value }) => (
            <List.Item key={label}>
              {label}: <bdi>{value || t('none')}</bdi>
            </List.Item>
          ))}
        </List>
        {changes.length > 0 && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onKeepMine}>
              {t('meanwhile.keepMine')}
            </Button>
            <Button size="xs" variant="default" onClick={onDiscard}>
              {t('meanwhile.discard')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
