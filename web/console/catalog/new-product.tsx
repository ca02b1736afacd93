import { Card, Group, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { CreateProductDocument, ProductChoicesDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { Page } from '../parts/page';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { itemInput } from './item-input';
import { PRODUCT_FIELDS, ProductFields } from './product-fields';
import { NEW_PRODUCT } from './product-values';

/** Page that creates a product as a draft. */
export function NewProduct() {
  const { t } = useTranslation('catalog');
  const [, navigate] = useLocation();
  const [{ data }] = useQuery({ query: ProductChoicesDocument });
  const create = useAction(CreateProductDocument);
  const keyFor = useIdempotencyKey();
  const [values, setValues] = useState(NEW_PRODUCT);
  const [serviceId, setServiceId] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = { ...itemInput(values), serviceId };
    const payload = await create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload?.product) navigate(`/catalog/products/${payload.product.id}`);
  };
  const ready = serviceId && values.categoryId && values.capacityBytes;

  return (
    <Page title={t('products.new')} lead={t('products.newLead')}>
      <form onSubmit={submit}>
        <Stack maw={720}>
          <Card withBorder padding="lg">
            <ProductFields
              values={values}
              set={(name, value) => setValues(now => ({ ...now, [name]: value }))}
              trouble={create.trouble}
              sold={false}
            >
              <Select
                allowDeselect={false}
                label={t('fields.serviceId')}
                description={t('hints.service')}
                required
                searchable
                data={(data?.services ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                value={serviceId || null}
                error={fieldError(create.trouble, 'serviceId')}
                nothingFoundMessage={t('noMatches')}
                onChange={value => setServiceId(value ?? '')}
              />
            </ProductFields>
          </Card>
          <TroubleAlert trouble={create.trouble} fields={PRODUCT_FIELDS} />
          <Group justify="flex-end">
            <ActionButton type="submit" disabled={!ready} loading={create.busy}>
              {t('create')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
