import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

interface Contents {
  /** Number of licenses. */
  quantity?: number;
  product?: { readonly name: string };
  addons?: readonly {
    readonly quantity: number;
    readonly addon: { readonly id: string; readonly name: string };
  }[];
}

/** Licenses and add-ons in one line, with their quantities. */
export function ContentsText({ quantity, product, addons = [] }: Contents) {
  const { t } = useTranslation('subscriptions');
  if (!product && addons.length === 0) return t('contents.none');
  return (
    <>
      {quantity !== undefined && quantity > 0 && product && `${quantity} × `}
      {product && <bdi>{product.name}</bdi>}
      {addons.map(({ addon, quantity: units }, index) => (
        <Fragment key={addon.id}>
          {(product || index > 0) && ', '}
          {units} × <bdi>{addon.name}</bdi>
        </Fragment>
      ))}
    </>
  );
}
