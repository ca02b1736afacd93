import type { TypedDocument, UserError } from '../../client';
import type { DemoUser } from './demo-user';
import * as documents from './operations';
import type { Basket, Payload } from './types';

/** Basket of a user, as last read. */
export class Shopping {
  private constructor(
    readonly person: DemoUser,
    private shown: Basket,
  ) {}

  /** Empties the basket and reads it. */
  static async begin(person: DemoUser): Promise<Shopping> {
    await person.send(documents.emptyBasket, {});
    return new Shopping(person, (await person.send(documents.basket, {})).basket);
  }

  get basket(): Basket {
    return this.shown;
  }

  /**
   * Changes the basket. Returns the errors if the change was rejected. These mutations have no idempotency key: after a
   * lost response, the version shows whether the attempt has succeeded.
   */
  async change<Field extends string, Variables>(
    document: TypedDocument<{ [field in Field]: Payload<'basket', Basket> }, Variables>,
    variables: (expectedVersion: number) => Variables,
  ): Promise<readonly UserError[]> {
    const before = this.shown.version;
    const { value, repeated } = await this.person.attempt(document, variables(before));
    const [payload] = Object.values<Payload<'basket', Basket>>(value);
    if (payload?.basket) {
      this.shown = payload.basket;
      return [];
    }
    const errors = payload?.errors ?? [];
    const wasOurs = repeated && errors.some(({ currentVersion }) => currentVersion === before + 1);
    if (!wasOurs) return errors;
    await this.reload();
    return [];
  }

  /** Reads the basket again. */
  async reload(): Promise<Basket> {
    this.shown = (await this.person.send(documents.basket, {})).basket;
    return this.shown;
  }

  add(
    productId: string,
    line: { quantity?: number; friendlyName?: string; billingCycle?: string; addons?: Units[] } = {},
  ) {
    return this.change(documents.addToBasket, expectedVersion => ({
      input: { productId, ...line, expectedVersion },
    }));
  }

  /** Adds add-ons for a live subscription to the basket. */
  addFor(subscriptionId: string, addons: Units[]) {
    return this.change(documents.addAddonsToBasket, expectedVersion => ({
      subscriptionId,
      addons,
      expectedVersion,
    }));
  }

  /** First step of the checkout: the recipient. */
  choose(accountId: string) {
    return this.change(documents.chooseRecipient, expectedVersion => ({
      input: { accountId, expectedVersion },
    }));
  }

  /** Second step: billing and prices. */
  confirm() {
    return this.change(documents.confirmBilling, expectedVersion => ({ input: { expectedVersion } }));
  }

  /** Third step. The same idempotency key returns the same order. */
  checkout(idempotencyKey?: string) {
    return this.person.keyed(documents.checkout, { basketId: this.shown.id }, idempotencyKey);
  }
}

/** Quantity of an add-on. */
export interface Units {
  addonId: string;
  quantity: number;
}
