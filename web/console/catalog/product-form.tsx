import { Card, Group, Stack, Title } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  type CatalogProductFieldsFragment,
  ProductChoicesDocument,
  UpdateProductDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { storage } from '../parts/format';
import { TroubleAlert } from '../parts/trouble';
import { flatten } from './category-tree';
import { EditedMeanwhile, withoutConflict } from './edited-meanwhile';
import { itemInput } from './item-input';
import { PRODUCT_FIELDS, ProductFields } from './product-fields';
import { type ProductValues, valuesOfProduct } from './product-values';
import { SaveButtons } from './save-buttons';
import { useEdits } from './use-edits';

/** Form of an existing product. */
export function ProductForm({ product }: { product: CatalogProductFieldsFragment }) {
  const { t } = useTranslation('catalog');
  const update = useAction(UpdateProductDocument, 'Product');
  const form = useEdits({ version: product.version, values: valuesOfProduct(product) });
  const shown = useShownValue(valuesOfProduct(product));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { edits, expectedVersion } = form;
    const input = { productId: product.id, expectedVersion, ...itemInput(edits) };
    const payload = await update.run({ input });
    if (payload?.product) form.settle(payload.product.version);
  };

  return (
    <Card withBorder padding="lg" component="section" aria-label={t('details')}>
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {t('details')}
          </Title>
          <ProductFields
            values={form.values}
            set={form.set}
            trouble={update.trouble}
            sold={product.state !== 'DRAFT'}
          />
          <EditedMeanwhile
            trouble={update.trouble}
            changes={form.meanwhile.map(name => ({ label: t(`fields.${name}`), value: shown(name) }))}
            onKeepMine={() => {
              update.forget();
              form.keepMine();
            }}
            onDiscard={() => {
              update.forget();
              form.discard();
            }}
          />
          <TroubleAlert trouble={withoutConflict(update.trouble)} fields={PRODUCT_FIELDS} />
          <Group justify="flex-end">
            <SaveButtons form={form} complete={form.values.capacityBytes !== ''} busy={update.busy} />
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** Text of a value of a product. */
function useShownValue(values: ProductValues) {
  const [{ data }] = useQuery({ query: ProductChoicesDocument });
  return (name: keyof ProductValues): string => {
    if (name === 'categoryId') {
      const placed = flatten(data?.categories ?? []).find(
        ({ category }) => category.id === values.categoryId,
      );
      return placed?.path ?? values.categoryId;
    }
    if (name === 'capacityBytes') return storage(values.capacityBytes);
    if (name === 'providerAttributes') {
      return values.providerAttributes.map(attribute => `${attribute.name} = ${attribute.value}`).join(', ');
    }
    return String(values[name]);
  };
}
