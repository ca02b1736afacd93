import { useTranslation } from 'react-i18next';
import type { LifecycleState } from '../../generated/graphql';
import { codeName } from '../parts/format';
import type { Filter } from '../parts/list';

const STATES: readonly LifecycleState[] = ['DRAFT', 'PUBLISHED', 'RETIRED'];

/** Filters of the lists of products and add-ons. */
export function useItemFilters(): readonly Filter[] {
  const { t } = useTranslation('catalog');
  return [
    { name: 'search', label: t('searchOf'), kind: 'search' },
    {
      name: 'states',
      label: t('fields.state'),
      kind: 'multiselect',
      options: STATES.map(state => ({ value: state, label: codeName('states', state) })),
    },
  ];
}
