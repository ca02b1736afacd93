import { NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ProductChoicesDocument } from '../../generated/graphql';
import type { Trouble } from '../data/action';
import { fieldError } from '../parts/trouble';
import { AttributesField } from './attributes-field';
import { CapacityField } from './capacity-field';
import { flatten } from './category-tree';
import type { ProductValues } from './product-values';

/** Fields that show their errors. */
export const PRODUCT_FIELDS = [
  'name',
  'sku',
  'slug',
  'description',
  'categoryId',
  'serviceId',
  'capacityBytes',
  'position',
  'providerAttributes',
];

interface ProductFieldsProps {
  values: ProductValues;
  set<Name extends keyof ProductValues>(name: Name, value: ProductValues[Name]): void;
  trouble: Trouble;
  /** Whether customers have it: its SKU and its size are kept. */
  sold: boolean;
  /** Fields before the others. */
  children?: ReactNode;
}

/** Fields of a product. */
export function ProductFields({ values, set, trouble, sold, children }: ProductFieldsProps) {
  const { t } = useTranslation('catalog');
  const [{ data }] = useQuery({ query: ProductChoicesDocument });
  const text = (name: 'name' | 'sku' | 'slug', maxLength: number) => ({
    label: t(`fields.${name}`),
    required: true,
    maxLength,
    value: values[name],
    error: fieldError(trouble, name),
    onChange: (event: { currentTarget: HTMLInputElement }) => set(name, event.currentTarget.value),
  });
  return (
    <Stack>
      <TextInput {...text('name', 255)} />
      {children}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          {...text('sku', 64)}
          disabled={sold}
          description={sold ? t('lockedBecauseSold') : t('hints.sku')}
        />
        <TextInput {...text('slug', 100)} description={t('hints.slug')} />
        <Select
          allowDeselect={false}
          label={t('fields.categoryId')}
          required
          searchable
          data={flatten(data?.categories ?? []).map(({ category, path }) => ({
            value: category.id,
            label: path,
          }))}
          value={values.categoryId || null}
          error={fieldError(trouble, 'categoryId')}
          nothingFoundMessage={t('noMatches')}
          onChange={value => set('categoryId', value ?? '')}
        />
        <CapacityField
          label={t('fields.capacityBytes')}
          value={values.capacityBytes}
          error={fieldError(trouble, 'capacityBytes')}
          locked={sold ? t('lockedBecauseSold') : undefined}
          onChange={bytes => set('capacityBytes', bytes)}
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
      </SimpleGrid>
      <Textarea
        label={t('fields.description')}
        maxLength={2000}
        autosize
        minRows={2}
        value={values.description}
        error={fieldError(trouble, 'description')}
        onChange={event => set('description', event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <AttributesField
        value={values.providerAttributes}
        trouble={trouble}
        onChange={value => set('providerAttributes', value)}
      />
    </Stack>
  );
}
