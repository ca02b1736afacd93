import { Box, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateCategoryDocument, UpdateCategoryDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { History } from '../history/history';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import type { PlacedCategory } from './category-tree';
import { EditedMeanwhile, withoutConflict } from './edited-meanwhile';
import { itemInput } from './item-input';
import { useEdits } from './use-edits';

const FIELDS = ['name', 'slug', 'description', 'position', 'parentId'] as const;

const valuesOf = (placed: PlacedCategory | null) => ({
  name: placed?.category.name ?? '',
  slug: placed?.category.slug ?? '',
  description: placed?.category.description ?? '',
  position: placed?.category.position ?? 0,
  parentId: placed?.parentId ?? null,
});

interface CategoryDialogProps {
  /** Category to change. Null to create one. */
  placed: PlacedCategory | null;
  all: readonly PlacedCategory[];
  onClose(): void;
}

/** Dialog that creates or changes a category. */
export function CategoryDialog({ placed, all, onClose }: CategoryDialogProps) {
  const { t } = useTranslation(['catalog', 'common']);
  const create = useAction(CreateCategoryDocument, 'Category');
  const update = useAction(UpdateCategoryDocument, 'Category');
  const { trouble, busy, forget } = placed ? update : create;
  const keyFor = useIdempotencyKey();
  const now = valuesOf(placed);
  const form = useEdits({ version: placed?.category.version ?? 0, values: now });
  const { values, set } = form;

  const save = () => {
    if (!placed) {
      const what = itemInput(values);
      return create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    }
    const { edits, expectedVersion } = form;
    return update.run({ input: { categoryId: placed.category.id, expectedVersion, ...itemInput(edits) } });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await save()) onClose();
  };
  const pathOf = (id: string | null) => all.find(({ category }) => category.id === id)?.path ?? '';
  const title = placed ? t('categories.edit', { name: placed.category.name }) : t('categories.new');

  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        <Stack>
          {(['name', 'slug'] as const).map(name => (
            <TextInput
              key={name}
              label={t(`fields.${name}`)}
              description={name === 'slug' && t('hints.slug')}
              required
              data-autofocus={name === 'name' || undefined}
              maxLength={name === 'name' ? 255 : 100}
              value={values[name]}
              error={fieldError(trouble, name)}
              onChange={event => set(name, event.currentTarget.value)}
            />
          ))}
          <Textarea
            label={t('fields.description')}
            maxLength={2000}
            autosize
            minRows={2}
            value={values.description}
            error={fieldError(trouble, 'description')}
            onChange={event => set('description', event.currentTarget.value.replaceAll('\n', ' '))}
          />
          <NumberInput
            label={t('fields.position')}
            description={t('hints.position')}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            value={values.position}
            error={fieldError(trouble, 'position')}
            onChange={value => set('position', Number(value) || 0)}
          />
          <Select
            label={t('fields.parentId')}
            placeholder={t('categories.top')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('categories.toTop') }}
            data={all.flatMap(({ category, path }) =>
              category.id === placed?.category.id ? [] : [{ value: category.id, label: path }],
            )}
            value={values.parentId}
            error={fieldError(trouble, 'parentId')}
            nothingFoundMessage={t('noMatches')}
            onChange={value => set('parentId', value)}
          />
          <EditedMeanwhile
            trouble={trouble}
            changes={form.meanwhile.map(name => ({
              label: t(`fields.${name}`),
              value: name === 'parentId' ? pathOf(now.parentId) : String(now[name]),
            }))}
            onKeepMine={() => {
              forget();
              form.keepMine();
            }}
            onDiscard={() => {
              forget();
              form.discard();
            }}
          />
          <TroubleAlert trouble={withoutConflict(trouble)} fields={FIELDS} />
          <Group justify="flex-end">
            <ActionButton type="submit" loading={busy} disabled={!form.dirty || form.meanwhile.length > 0}>
              {t(placed ? 'save' : 'create')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
      {placed && (
        <Box mt="md">
          <History objectId={placed.category.id} />
        </Box>
      )}
    </Modal>
  );
}
