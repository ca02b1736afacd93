import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { OperationToAbandonQuery } from '../../generated/graphql';
import { ContentsText } from './contents-text';

type Abandoned = NonNullable<OperationToAbandonQuery['operation']>;
type Text = keyof typeof import('../../locales/en/subscriptions.json')['abandon']['undo'];
/** Consequence of an abandonment, with the contents that it is about. */
type Consequence = readonly [text: Text, contents?: Parameters<typeof ContentsText>[0]];

/** Whether a call of the step may have reached the provider. The number of attempts begins anew with every retry. */
const begun = ({ steps }: Abandoned, name: string) =>
  steps.some(step => step.name === name && step.startedAt !== null);

/** Consequences of an abandonment, as `undos` of the gateway has them (`src/provisioning/undo.ts`). */
function consequencesOf(operation: Abandoned): readonly Consequence[] {
  const { kind, subscription, order } = operation;
  const line = order?.lines.find(each => each.subscription?.id === subscription.id);
  if (subscription.state === 'CANCELLED') return [['ended']];
  switch (kind) {
    case 'PROVISION':
      return [
        begun(operation, 'ASSIGN_LICENSE')
          ? ['licenses', { ...line, product: subscription.product }]
          : ['nothingSent'],
        ['subscriptionEnds'],
      ];
    case 'ADD_ADDONS':
      return [
        ['notGranted', { addons: line?.addons ?? [] }],
        ['addonsRestored', { addons: subscription.addons }],
      ];
    case 'CHANGE':
      return [['changeFails'], ['restored', subscription]];
    case 'DEPROVISION':
      return [['cancellationFails'], ['nothingUndone']];
    case 'SUSPEND':
      return [['resumed']];
    case 'RESUME':
      return [['suspended']];
    case 'UNDO':
      return [['byHand']];
  }
}

/** What an abandonment undoes at the provider, and what it means for the subscription and the order. */
export function Consequences({ operation }: { operation: Abandoned }) {
  const { t } = useTranslation('subscriptions');
  const { order } = operation;
  const items: (readonly [name: string, text: ReactNode])[] = consequencesOf(operation).map(
    ([name, contents]) => [
      name,
      <Trans
        key={name}
        t={t}
        i18nKey={`abandon.undo.${name}`}
        components={{ contents: <ContentsText {...contents} /> }}
      />,
    ],
  );
  if (order) {
    const settled = order.lines.length > 1 ? 'abandon.orderPartial' : 'abandon.order';
    items.push(['order', t(settled, { number: order.number })]);
  }
  return (
    <List size="sm" spacing={4}>
      {items.map(([name, text]) => (
        <List.Item key={name} style={{ overflowWrap: 'anywhere' }}>
          {text}
        </List.Item>
      ))}
    </List>
  );
}
