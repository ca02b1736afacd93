import { Card, Group, Loader, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import {
  type BasketFieldsFragment,
  RemoveBasketLineDocument,
  UpdateBasketLineDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { cycle, money, storage } from '../parts/format';
import { addonError, fieldError, quantityError, TroubleAlert } from '../parts/trouble';
import { AddonFields, chosenAddons } from './addon-fields';
import { type Draft, draftOf, forgetDraft, keepDraft, markUnsaved } from './drafts';
import { noteSaving } from './saving';
import type { AnsweredBasket } from './use-basket';

type Line = BasketFieldsFragment['lines'][number];

interface BasketLineProps {
  line: Line;
  version: number;
  onChange(basket: AnsweredBasket): void;
}

/** Add-ons for a subscription have neither a name nor licenses of their own. */
function inputOf(line: Line, expectedVersion: number, { friendlyName, quantity, addons }: Draft) {
  const product = { friendlyName: friendlyName.trim() || line.product.name, quantity };
  return {
    lineId: line.id,
    expectedVersion,
    addons: chosenAddons(addons),
    ...(!line.subscription && product),
  };
}

/** Pause after which typed text is saved, in milliseconds. */
const PAUSE_MS = 400;
/** Pause after which an edit that did not reach the gateway is sent again, in milliseconds. */
const AGAIN_MS = 5000;

/** Line of the basket. Saves changes automatically. */
export function BasketLine({ line, version, onChange }: BasketLineProps) {
  const update = useAction(UpdateBasketLineDocument);
  const remove = useAction(RemoveBasketLineDocument);
  const [draft, setDraft] = useState<Draft>(
    () =>
      draftOf(line.id) ?? {
        friendlyName: line.friendlyName ?? '',
        quantity: line.quantity,
        addons: Object.fromEntries(line.addons.map(each => [each.addon.id, each.quantity])),
      },
  );
  const save = useDebouncedCallback(
    async (next: Draft) => {
      const saving = update.run({ input: inputOf(line, version, next) });
      noteSaving(saving);
      const payload = await saving;
      if (!payload) return markUnsaved(line.id, next);
      forgetDraft(line.id, next);
      onChange(payload.basket);
    },
    {
      delay: PAUSE_MS,
      flushOnUnmount: true,
    },
  );
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(line.id, next);
    save(next);
  };
  const { broken } = update.trouble;
  useEffect(() => {
    // An edit that was kept while this page was left.
    const kept = draftOf(line.id);
    if (kept) save(kept);
  }, [line.id, save]);
  // `trouble` is another object after each attempt.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failed attempt is followed by another one
  useEffect(() => {
    if (!broken) return;
    const again = () => {
      const kept = draftOf(line.id);
      if (kept) save(kept);
    };
    const timer = setTimeout(again, AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [update.trouble, line.id, save]);
  const takeOut = async () => {
    if (await remove.run({ input: { lineId: line.id } })) forgetDraft(line.id);
  };
  const { quantityLimit } = line.product.service;

  return (
    <Card withBorder padding="lg" component="section" aria-label={line.product.name}>
      <Stack>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={2} size="h4">
              {line.subscription && 'More storage for '}
              <bdi>{line.subscription?.friendlyName ?? line.product.name}</bdi>
            </Title>
            <Text size="sm" c="dimmed">
              {storage(line.capacityBytes)} · {cycle(line.billingCycle).name}
              {!line.subscription && ` · ${money(line.unitPrice)} for a license`}
            </Text>
          </div>
          <Stack gap={0} align="flex-end">
            <Text fw={650}>{money(line.total)}</Text>
            <Text size="xs" c="dimmed" role="status" h={18}>
              {update.busy && <Loader size={12} aria-label="Saving" />}
            </Text>
          </Stack>
        </Group>
        <TroubleAlert trouble={update.trouble} fields={['friendlyName', 'quantity', 'addons']} />
        {broken && (
          <Text size="sm">
            Your change is kept on this page, and is sent again until the gateway answers.
          </Text>
        )}
        <TroubleAlert trouble={remove.trouble} />
        {!line.subscription && (
          <Group align="flex-start">
            <TextInput
              label="Friendly name of the subscription"
              placeholder={line.product.name}
              maxLength={100}
              flex={1}
              miw={220}
              value={draft.friendlyName}
              error={fieldError(update.trouble, 'friendlyName')}
              onChange={event => change({ friendlyName: event.currentTarget.value })}
            />
            {quantityLimit !== 1 && (
              <NumberInput
                label="Licenses"
                w={110}
                min={1}
                allowDecimal={false}
                value={draft.quantity}
                error={quantityError(update.trouble)}
                onChange={value => change({ quantity: Number(value) || 1 })}
              />
            )}
          </Group>
        )}
        <AddonFields
          addons={line.product.addons}
          billingCycle={line.billingCycle}
          quantities={draft.addons}
          of={line.friendlyName ?? line.product.name}
          error={addonError(update.trouble)}
          onChange={addons => change({ addons })}
        />
        <Group justify="flex-end">
          <ActionButton variant="subtle" color="gray" size="xs" loading={remove.busy} onClick={takeOut}>
            Remove
          </ActionButton>
        </Group>
      </Stack>
    </Card>
  );
}
