import { NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type ChangeableProductFragment,
  type ChangeTiming,
  OtherProductsDocument,
  type OtherProductsQuery,
} from '../../generated/graphql';
import type { UserError } from '../data/action';
import { onDay, storage } from '../parts/format';
import { SearchSelect } from '../parts/search-select';
import { fieldError } from '../parts/trouble';
import type { Changeable, ChangeDraft } from './change-draft';

const choiceOf = (product: ChangeableProductFragment) => ({
  value: product.id,
  label: `${product.name} (${product.sku})`,
  product,
});

const choicesOf = ({ products }: OtherProductsQuery) => ({
  choices: products.nodes.map(choiceOf),
  more: products.pageInfo.hasNextPage,
});

interface ChangeFieldsProps {
  subscription: Changeable;
  draft: ChangeDraft;
  /** Errors of the preview. */
  errors: readonly UserError[];
}

/** Fields of a change: the product, the totals of the add-ons, and when it takes effect. */
export function ChangeFields({ subscription, draft, errors }: ChangeFieldsProps) {
  const { t } = useTranslation('subscriptions');
  const { currentPeriodEnd, product } = subscription;
  const trouble = { errors, broken: null };
  return (
    <>
      <SearchSelect
        label={t('change.product')}
        placeholder={t('change.searchProduct')}
        query={OtherProductsDocument}
        variables={{ serviceId: product.service.id }}
        choicesOf={choicesOf}
        chosen={choiceOf(draft.product ?? product)}
        onChoose={choice => draft.setProduct(choice?.product ?? null)}
        error={fieldError(trouble, 'productId')}
      />
      {draft.wanted.map(({ addon, held, total }) => {
        const at = ['addons', String(draft.indexOf(addon.id))];
        return (
          <NumberInput
            key={addon.id}
            label={t('change.total', { addon: addon.name })}
            description={t('change.held', { count: held, storage: storage(addon.incrementBytes) })}
            min={0}
            max={addon.maxQuantity ?? 1_000_000}
            allowDecimal={false}
            allowNegative={false}
            value={total}
            error={fieldError(trouble, ...at, 'quantity') ?? fieldError(trouble, ...at, 'addonId')}
            onChange={value => draft.setTotal(addon.id, Number(value) || 0)}
          />
        );
      })}
      <Radio.Group
        label={t('change.when')}
        value={draft.timing}
        onChange={value => draft.setTiming(value as ChangeTiming)}
        error={fieldError(trouble, 'timing')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="IMMEDIATE" label={t('change.immediate')} />
          <Radio
            value="END_OF_PERIOD"
            disabled={!currentPeriodEnd}
            label={
              currentPeriodEnd
                ? t('cancel.endOfPeriodOn', { day: onDay(currentPeriodEnd) })
                : t('cancel.endOfPeriod')
            }
          />
        </Stack>
      </Radio.Group>
    </>
  );
}
