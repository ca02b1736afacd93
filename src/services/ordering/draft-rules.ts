import type { CatalogSnapshot } from '../../catalog';
import { activeSubscriptionExists, type Path, simple, type UserError } from '../../errors';
import { recipientError, serviceRecipientError } from '../../policies';
import type { Draft, DraftLine, Facts } from './draft';
import { lineErrors } from './line-rules';
import { liveSlot } from './live-slots';

/** Returns the errors that prevent ordering `draft`. Every surface uses this one list of rules. */
export function draftErrors(draft: Draft, facts: Facts): UserError[] {
  const { recipient, lines } = draft;
  if (lines.length === 0)
    return [simple('BASKET_EMPTY', 'There are no lines to order. Add a line first.', ['lines'])];
  const errors = [
    ...lines.flatMap((line, index) => lineErrors(line, facts, ['lines', index])),
    ...findDuplicateServices(lines, facts.catalog).map(({ index, service }) =>
      duplicateService(service, ['lines', index, 'productId']),
    ),
  ];
  if (!recipient) {
    errors.push(
      simple(
        'RECIPIENT_REQUIRED',
        'The recipient is missing. Choose the account that receives the services.',
        ['recipientId'],
      ),
    );
    return errors;
  }
  const refused = recipientError(draft.actor, recipient);
  return refused ? [...errors, refused] : [...errors, ...recipientLineErrors(draft, facts)];
}

/** Finds the lines that start a second subscription of a service that allows one at a time. */
export function findDuplicateServices(
  lines: readonly DraftLine[],
  catalog: CatalogSnapshot,
): { index: number; service: string }[] {
  const started = new Set<string>();
  return lines.flatMap((line, index) => {
    const product = catalog.findProduct(line.productId);
    if (line.subscriptionId !== null || !product) return [];
    const service = catalog.service(product.serviceId);
    if (service.allowMultipleSubscriptions) return [];
    if (!started.has(service.id)) {
      started.add(service.id);
      return [];
    }
    return [{ index, service: service.name }];
  });
}

/** Two lines of a service that allows one subscription at a time. */
export function duplicateService(service: string, path: Path): UserError {
  return simple(
    'DUPLICATE_SERVICE_IN_BASKET',
    `A customer can have one subscription of ${service} at a time. Keep one product and add add-ons to it.`,
    path,
  );
}

function recipientLineErrors({ recipient, lines }: Draft, facts: Facts): UserError[] {
  if (!recipient) return [];
  const { catalog, live, targets } = facts;
  return lines.flatMap((line, index) => {
    const path = ['lines', index];
    if (line.subscriptionId !== null) {
      const target = targets.get(line.subscriptionId);
      if (!target || target.subscription.accountId === recipient.id) return [];
      return [
        simple(
          'RECIPIENT_NOT_ALLOWED',
          `${target.subscription.friendlyName} belongs to another account than ${recipient.name}.`,
          [...path, 'subscriptionId'],
        ),
      ];
    }
    const product = catalog.findProduct(line.productId);
    if (!product) return [];
    const service = catalog.service(product.serviceId);
    const unfit = serviceRecipientError(service, recipient);
    if (unfit) return [unfit];
    const existing = service.allowMultipleSubscriptions
      ? undefined
      : live.get(liveSlot(recipient.id, service.id));
    if (!existing) return [];
    return [activeSubscriptionExists(recipient.name, service.name, existing, [...path, 'productId'])];
  });
}
