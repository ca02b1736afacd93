import { NumberInput, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';
import { fieldError } from '../parts/trouble';
import type { AddonValues } from './addon-values';
import { AttributesField } from './attributes-field';
import { CapacityField } from './capacity-field';

/** Fields that show their errors. */
export const ADDON_FIELDS = [
  'name',
  'sku',
  'description',
  'incrementBytes',
  'minQuantity',
  'maxQuantity',
  'providerAttributes',
];

interface AddonFieldsProps {
  values: AddonValues;
  set<Name extends keyof AddonValues>(name: Name, value: AddonValues[Name]): void;
  trouble: Trouble;
  /** Whether customers have it: its SKU and its size are kept. */
  sold: boolean;
}

/** Fields of an add-on. */
export function AddonFields({ values, set, trouble, sold }: AddonFieldsProps) {
  const { t } = useTranslation('catalog');
  const locked = sold ? t('lockedBecauseSold') : undefined;
  return (
    <Stack>
      <TextInput
        label={t('fields.name')}
        required
        maxLength={255}
        value={values.name}
        error={fieldError(trouble, 'name')}
        onChange={event => set('name', event.currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('fields.sku')}
          description={locked ?? t('hints.sku')}
          required
          disabled={sold}
          maxLength={64}
          value={values.sku}
          error={fieldError(trouble, 'sku')}
          onChange={event => set('sku', event.currentTarget.value)}
        />
        <CapacityField
          label={t('fields.incrementBytes')}
          value={values.incrementBytes}
          error={fieldError(trouble, 'incrementBytes')}
          locked={locked}
          onChange={bytes => set('incrementBytes', bytes)}
        />
        <NumberInput
          label={t('fields.minQuantity')}
          description={t('hints.minQuantity')}
          min={1}
          allowDecimal={false}
          value={values.minQuantity}
          error={fieldError(trouble, 'minQuantity')}
          onChange={value => set('minQuantity', Number(value) || 1)}
        />
        <NumberInput
          label={t('fields.maxQuantity')}
          description={t('hints.maxQuantity')}
          min={1}
          allowDecimal={false}
          value={values.maxQuantity ?? ''}
          error={fieldError(trouble, 'maxQuantity')}
          onChange={value => set('maxQuantity', value === '' ? null : Number(value))}
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
