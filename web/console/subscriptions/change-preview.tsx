import { Alert, Card, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BillingCycle } from '../../generated/graphql';
import { atMinute, money, onDay, recurring, storage } from '../parts/format';
import { Failed } from '../parts/states';
import { ErrorList } from '../parts/trouble';
import { useKindNames } from './change-text';
import { ContentsText } from './contents-text';
import type { Previewed, usePreview } from './use-preview';

interface ChangePreviewProps {
  preview: ReturnType<typeof usePreview>;
  billingCycle: BillingCycle;
}

/** Effect of a change, as the gateway computes it. Marked while it is of another input. */
export function ChangePreview({ preview, billingCycle }: ChangePreviewProps) {
  const { t } = useTranslation('subscriptions');
  const { shown, error, isCurrent, hasMoved } = preview;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="preview" aria-busy={!isCurrent}>
      <Stack gap="sm">
        <Title order={2} size="h4" id="preview">
          {t('preview.title')}
        </Title>
        <Text size="sm" role="status">
          {!shown && t('preview.none')}
          {shown && !isCurrent && t('preview.stale')}
          {shown && isCurrent && t('preview.current')}
        </Text>
        {error && <Failed error={error} />}
        {hasMoved && (
          <Alert color="yellow" variant="light" role="alert" title={t('preview.moved')}>
            {t('preview.movedHint')}
          </Alert>
        )}
        {shown && shown.errors.length > 0 && (
          <Alert color="red" variant="light" title={t('preview.blocked')}>
            <ErrorList errors={shown.errors} />
          </Alert>
        )}
        {shown?.preview && (
          <div style={isCurrent ? undefined : { opacity: 0.6 }}>
            <Effect preview={shown.preview} billingCycle={billingCycle} />
          </div>
        )}
      </Stack>
    </Card>
  );
}

function Effect(props: { preview: NonNullable<Previewed['preview']>; billingCycle: BillingCycle }) {
  const { t } = useTranslation('subscriptions');
  const nameOf = useKindNames();
  const { preview, billingCycle } = props;
  const { from, to, dueNow, credit, nextCharge } = preview;
  const rows = [
    [t('preview.kind'), nameOf(preview.kinds)],
    [t('preview.contents'), <ContentsText key="contents" {...to} />],
    [
      t('facts.storage'),
      t('preview.becomes', { from: storage(from.capacityBytes), to: storage(to.capacityBytes) }),
    ],
    [
      t('preview.recurring'),
      t('preview.becomes', {
        from: recurring(from.recurringTotal, billingCycle),
        to: recurring(to.recurringTotal, billingCycle),
      }),
    ],
    // An end customer sees no amounts of its reseller.
    [t('preview.dueNow'), dueNow && money(dueNow)],
    [t('preview.credit'), credit && money(credit)],
    [t('preview.effectiveAt'), atMinute(preview.effectiveAt)],
    [
      t('preview.nextCharge'),
      nextCharge && t('preview.amountOn', { amount: money(nextCharge.amount), day: onDay(nextCharge.at) }),
    ],
  ] as const;
  return (
    <Stack gap="sm">
      <Table horizontalSpacing={0} verticalSpacing={6} layout="fixed">
        <Table.Tbody>
          {rows.map(
            ([name, value]) =>
              value && (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400} c="dimmed" style={{ verticalAlign: 'top' }}>
                    {name}
                  </Table.Th>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                </Table.Tr>
              ),
          )}
        </Table.Tbody>
      </Table>
      <Text size="sm">{t(preview.needsDecision ? 'preview.needsDecision' : 'preview.atOnce')}</Text>
    </Stack>
  );
}
