import { useTranslation } from 'react-i18next';
import { type MailFieldsFragment, type MailState, MailsDocument } from '../../../generated/graphql';
import { RowActions } from '../../history/row-actions';
import { atMinute } from '../../parts/format';
import { type Column, DataList, type Filter, valuesOf } from '../../parts/list';
import { useListState } from '../../parts/list-state';
import { Page } from '../../parts/page';
import { Empty, StateBadge } from '../../parts/states';
import { ResendMail } from './resend-mail';

const STATES: readonly MailState[] = ['PENDING', 'SENT', 'FAILED'];
/** Time between two reads, in milliseconds: the stream does not report mails. */
const EVERY_MS = 5000;

/** Page of the mails with their delivery. */
export function Mails() {
  const { t } = useTranslation('automation');
  const list = useListState();
  const options = STATES.map(value => ({ value, label: t(`mails.states.${value}`) }));
  const filters: Filter[] = [
    { kind: 'multiselect', name: 'state', label: t('mails.state'), options },
    { kind: 'text', name: 'to', label: t('mails.toFilter') },
  ];
  const filter = { states: valuesOf<MailState>(list.read('state')), to: list.read('to') || null };
  return (
    <Page title={t('mails.title')} lead={t('mails.lead')}>
      <DataList
        name="mails"
        label={t('mails.title')}
        query={MailsDocument}
        variables={{ filter }}
        connection={data => data.mails}
        typenames="Mail"
        everyMs={EVERY_MS}
        columns={useColumns()}
        filters={filters}
        rowActions={row => (
          <RowActions objectId={row.id} name={t('mails.named', row)}>
            <ResendMail mail={row} />
          </RowActions>
        )}
        empty={<Empty title={t('mails.empty')}>{t('mails.emptyHint')}</Empty>}
      />
    </Page>
  );
}

function useColumns(): readonly Column<MailFieldsFragment>[] {
  const { t } = useTranslation('automation');
  return [
    { id: 'to', header: t('mails.to'), cell: row => <bdi>{row.to}</bdi>, text: row => row.to, narrow: true },
    {
      id: 'state',
      header: t('mails.state'),
      cell: row => <StateBadge state={row.state} label={t(`mails.states.${row.state}`)} />,
      text: row => t(`mails.states.${row.state}`),
      narrow: true,
    },
    {
      id: 'subject',
      header: t('mails.subject'),
      cell: row => <bdi>{row.subject}</bdi>,
      text: row => row.subject,
    },
    {
      id: 'attempts',
      header: t('mails.attempts'),
      cell: row => row.attempts,
      text: row => String(row.attempts),
      align: 'right',
    },
    { id: 'error', header: t('mails.error'), cell: row => row.error, text: row => row.error ?? '' },
    {
      id: 'createdAt',
      header: t('mails.queued'),
      cell: row => atMinute(row.createdAt),
      text: row => row.createdAt,
    },
    {
      id: 'sentAt',
      header: t('mails.sent'),
      cell: row => row.sentAt && atMinute(row.sentAt),
      text: row => row.sentAt ?? '',
    },
  ];
}
