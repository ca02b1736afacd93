import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PayerDocument, PayersDocument, type PayersQuery } from '../../generated/graphql';
import { useListState } from '../parts/list-state';
import { SearchSelect } from '../parts/search-select';

/** Accounts that pay for subscriptions: resellers, and customers without one. */
const payersOf = ({ accounts }: PayersQuery) => ({
  choices: accounts.nodes
    .filter(({ reseller }) => reseller === null)
    .map(({ id, name }) => ({ value: id, label: name })),
  more: accounts.pageInfo.hasNextPage,
});

/** Filter of the ledger by payer, searched by the gateway. The address has the id of the payer. */
export function PayerFilter() {
  const { t } = useTranslation('money');
  const list = useListState();
  const id = list.read('payer');
  const [{ data }] = useQuery({ query: PayerDocument, variables: { id }, pause: id === '' });
  const payer = id ? data?.account : null;
  return (
    <div style={{ maxWidth: 480 }}>
      <SearchSelect
        label={t('charges.payer')}
        placeholder={t('charges.searchPayer')}
        query={PayersDocument}
        choicesOf={payersOf}
        chosen={payer ? { value: payer.id, label: payer.name } : null}
        onChoose={choice => list.filter('payer', choice?.value ?? null)}
        clearable
      />
    </div>
  );
}
