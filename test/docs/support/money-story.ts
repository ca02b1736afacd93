import { demoId } from '../../../dev/demo-data/ids';
import { executeDueCancellations } from '../../../src/services/subscriptions/execute-due-cancellations';
import { executeDueChanges } from '../../../src/services/subscriptions/execute-due-changes';
import { type BackOffice, startBackOffice } from '../../support/back-office';
import { addon, product } from '../../support/catalog';
import { renewAll } from '../../support/charges';
import { NORTHWIND } from '../../support/demo';
import { type Command, type Example, type Units, unitsOf } from './money-examples';

const PRODUCTS: Record<string, string> = { license: 'IC-BASE-1TB', larger: 'IC-BASE-5TB' };
const ADDON = 'IC-ADD-1TB';
const NAMES: Record<string, string> = { 'IC-BASE-1TB': 'license', 'IC-BASE-5TB': 'larger', [ADDON]: 'addon' };

const CHARGES = `query ($id: ID!) { subscription(id: $id) { charges(first: 100) { nodes {
  kind product { sku } addon { sku } quantity periodStart periodEnd amount { amount currency } } } } }`;

/** Plays the examples through a gateway, whose business time stands still between two commands. */
export async function startStories() {
  let now = new Date(0);
  const office = await startBackOffice({ clock: () => now });
  return {
    stop: () => office.stop(),
    /** Charges of an example, in the words of the page and the order of the ledger. */
    async play({ currency, cycle, commands }: Example): Promise<string[]> {
      await office.reset();
      const story = new Story(office, currency, cycle, time => {
        now = time;
      });
      for (const command of commands) await story.do(command);
      return story.charges();
    },
  };
}

class Story {
  private id = '';
  private addons = 0;

  constructor(
    private readonly office: BackOffice,
    private readonly currency: string,
    private readonly billingCycle: string,
    private readonly moveTo: (time: Date) => void,
  ) {}

  async do({ name, time, words }: Command): Promise<void> {
    const { proxy, gateway } = this.office;
    if (name === 'schedule') return this.schedule(time, Number(words[1]));
    this.moveTo(new Date(time));
    // The renewal of a subscription waits for the outcome, however late it comes.
    await this.work(name !== 'confirm');
    if (name === 'activate') await this.activate(unitsOf(words));
    if (name === 'add') await this.add(unitsOf(words));
    if (name === 'reduce') await this.change({ addons: this.addonsAfter(-Number(words[1])) });
    if (name === 'change') await this.replace(unitsOf(words));
    if (name === 'end') await this.end();
    if (name === 'confirm') {
      proxy.release();
      await gateway.settled();
      await this.work(true);
    }
  }

  async charges(): Promise<string[]> {
    const { gateway, who } = this.office;
    await gateway.app.deps.events.numberCommitted();
    const { data, errors } = await who.buyer.send(CHARGES, { id: this.id });
    expect(errors).toBeUndefined();
    return data.subscription.charges.nodes.map((charge: any) => {
      expect(charge.amount.currency).toBe(this.currency);
      const [from, until] = [charge.periodStart, charge.periodEnd].map(time => time.replace('.000Z', 'Z'));
      const item = NAMES[charge.product?.sku ?? charge.addon?.sku];
      return [charge.kind, item, charge.quantity, from, until, charge.amount.amount].join(' ');
    });
  }

  /** Does what is due, as the pollers do. */
  private async work(isSettled: boolean): Promise<void> {
    const { gateway } = this.office;
    const { deps } = gateway.app;
    await executeDueCancellations(deps);
    await executeDueChanges(deps);
    if (isSettled) await gateway.settled();
    await renewAll(deps);
  }

  private async activate(units: Units[]): Promise<void> {
    const { who } = this.office;
    await this.setPrices(units);
    const addons = units.filter(({ item }) => item === 'addon');
    this.addons = addons.reduce((sum, { quantity }) => sum + quantity, 0);
    const order = await who.manager.provisioned(NORTHWIND, {
      productId: product(PRODUCTS.license as string),
      billingCycle: this.billingCycle,
      addons: addons.map(({ quantity }) => ({ addonId: addon(ADDON), quantity })),
    });
    this.id = order.lines[0].subscription.id;
  }

  private async add(units: Units[]): Promise<void> {
    await this.setPrices(units);
    const addons = units.map(({ quantity }) => ({ addonId: addon(ADDON), quantity }));
    for (const { quantity } of units) this.addonsAfter(quantity);
    await this.office.who.manager.provisioned(NORTHWIND, { subscriptionId: this.id, addons });
  }

  private async replace(units: Units[]): Promise<void> {
    await this.setPrices(units);
    await this.change({ productId: product(PRODUCTS[units[0]?.item ?? ''] as string) });
  }

  /** The provider's answer to a scheduled change is held until it is confirmed. */
  private async schedule(time: string, units: number): Promise<void> {
    const { proxy } = this.office;
    const change = await this.change({ timing: 'END_OF_PERIOD', addons: this.addonsAfter(units) });
    expect(new Date(change.effectiveAt)).toEqual(new Date(time));
    for (const endpoint of ['addons/create', 'addons/update', 'addons/cancel']) proxy.hold(endpoint);
    this.moveTo(new Date(time));
    await this.work(false);
  }

  private async change(input: object) {
    const { who, gateway } = this.office;
    const { subscriptionChange, errors } = await who.manager.change({ subscriptionId: this.id, ...input });
    expect(errors).toEqual([]);
    await gateway.settled();
    return subscriptionChange;
  }

  private async end(): Promise<void> {
    const { who, gateway } = this.office;
    await who.manager.requested(this.id, { timing: 'IMMEDIATE' });
    await gateway.settled();
    expect((await who.manager.seeSubscription(this.id)).state).toBe('CANCELLED');
  }

  private addonsAfter(more: number): object[] {
    this.addons += more;
    return [{ addonId: addon(ADDON), quantity: this.addons }];
  }

  private async setPrices(units: Units[]): Promise<void> {
    const { gateway } = this.office;
    const list = demoId('pl', 'public');
    await gateway.rows('UPDATE price_lists SET currency = ? WHERE id = ?', [this.currency, list]);
    for (const { item, unitMinor } of units) {
      const itemId = item === 'addon' ? addon(ADDON) : product(PRODUCTS[item] as string);
      await gateway.rows('DELETE FROM prices WHERE priceListId = ? AND itemId = ? AND billingCycle = ?', [
        ...[list, itemId, this.billingCycle],
      ]);
      await gateway.rows(
        'INSERT INTO prices (priceListId, itemId, billingCycle, unitMinor) VALUES (?, ?, ?, ?)',
        [list, itemId, this.billingCycle, unitMinor],
      );
    }
    await gateway.rows('UPDATE catalog_version SET version = version + 1');
  }
}
