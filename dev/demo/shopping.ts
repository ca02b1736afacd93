import type { TypedDocument, UserError } from '../../client';
import type { DemoUser } from './demo-user';
import * as documents from './operations';
import type { Basket, Payload } from './types';

/** The basket of somebody, as it was last shown. */
export class Shopping {
  private constructor(
    readonly person: DemoUser,
    private shown: Basket,
  ) {}

  /** Begins with an empty basket. */
  static async begin(person: DemoUser): Promise<Shopping> {
    await person.send(documents.emptyBasket, {});
    return new Shopping(person, (await person.send(documents.basket, {})).basket);
  }

  get basket(): Basket {
    return this.shown;
  }

  /**
   * Changes the basket, and gives the errors where it was refused. These mutations have no key: the version that was
   * read tells whether an attempt whose answer was lost has had its effect.
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

  /** Looks again. */
  async reload(): Promise<Basket> {
    this.shown = (await this.person.send(documents.basket, {})).basket;
    return this.shown;
  }

  /** Puts a product into the basket. */
  add(
    productId: string,
    line: { quantity?: number; friendlyName?: string; billingCycle?: string; addons?: Units[] } = {},
  ) {
    return this.change(documents.addToBasket, expectedVersion => ({
      input: { productId, ...line, expectedVersion },
    }));
  }

  /** Puts add-ons for a live subscription into the basket. */
  addFor(subscriptionId: string, addons: Units[]) {
    return this.change(documents.addAddonsToBasket, expectedVersion => ({
      subscriptionId,
      addons,
      expectedVersion,
    }));
  }

  /** The first step of the checkout. */
  choose(accountId: string) {
    return this.change(documents.chooseRecipient, expectedVersion => ({
      input: { accountId, expectedVersion },
    }));
  }

  /** The second. */
  confirm() {
    return this.change(documents.confirmBilling, expectedVersion => ({ input: { expectedVersion } }));
  }

  /** The third; the same key again gives the same order. */
  checkout(idempotencyKey?: string) {
    return this.person.keyed(documents.checkout, { basketId: this.shown.id }, idempotencyKey);
  }
}

/** So many of an add-on. */
export interface Units {
  addonId: string;
  quantity: number;
}
