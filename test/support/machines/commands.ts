import fc from 'fast-check';
import { acts } from './acts';
import { prepare, settle } from './provider-work';
import { type Actor, ADDONS, type Model, type Owner, PRODUCTS, type Timing } from './records';
import { type Act, type Drawn, predict, type Subject } from './scene';
import { ENDPOINTS, type Fate, NO_FAULT, type World } from './world';

const latestOf = ({ subscriptions }: Readonly<Model>, owner: Owner) =>
  subscriptions.findLast(each => each.owner === owner);

/** Choice of the object of a command. A free choice would mostly be refused, so that little would happen. */
function chosen(all: Drawn, model: Model): Subject | undefined {
  const subjectOf = (own: Partial<Drawn>): Subject => {
    const subject = { ...all, ...own, model };
    return { ...subject, s: latestOf(model, subject.owner) };
  };
  if (all.insists) return predict(subjectOf({})) === undefined ? undefined : subjectOf({});
  const possible = ACTS.flatMap(act =>
    OWNERS.flatMap(owner =>
      ACTORS.map(actor => subjectOf({ act, owner, actor })).filter(subject => predict(subject) === null),
    ),
  );
  return possible[all.pick % possible.length];
}

/** A random command: what somebody does, or what happens. */
class Command implements fc.AsyncCommand<Model, World> {
  constructor(private readonly drawn: Drawn) {}

  check = () => true;

  async run(model: Model, world: World): Promise<void> {
    const subject = chosen(this.drawn, model);
    if (!subject) return;
    world.log.push(describe(subject));
    const isUser = subject.act !== 'the provider answers' && subject.act !== 'time passes';
    const prepared = isUser ? await prepare(world, subject.fate) : NO_FAULT;
    await acts[subject.act]({ ...subject, world });
    await settle(world, model, prepared);
  }

  toString = () => describe(this.drawn);
}

function describe({
  act,
  actor,
  owner,
  nth,
  product: sku,
  addons,
  timing,
  decision,
  ...more
}: Drawn): string {
  const { days, isKilled, fate } = more;
  const how = `${fate.outcome}${fate.isFatal ? ' for good' : ''} ${fate.endpoint ?? ''}`;
  const what = `#${nth} ${sku} ${JSON.stringify(addons)} ${timing} ${decision} ${days} d ${isKilled ? 'killed' : ''}`;
  return `${act}: ${actor} ${owner} ${what} | ${how}`;
}

const often = <T>(weight: number, ...values: T[]): T[] =>
  values.flatMap(value => Array(weight).fill(value) as T[]);

const ACTS: Act[] = [
  ...often<Act>(8, 'change'),
  ...often<Act>(5, 'order', 'buy add-ons', 'retry', 'abandon', 'the provider answers'),
  ...often<Act>(4, 'cancel', 'decide change', 'decide cancellation', 'suspend', 'resume'),
  ...often<Act>(2, 'time passes', 'withdraw change', 'withdraw cancellation', 'place', 'place add-ons'),
  ...often<Act>(1, 'execute', 'rename', 'cancel order'),
];

const ACTORS: Actor[] = [
  ...often<Actor>(5, 'manager', 'admin'),
  ...often<Actor>(2, 'buyer', 'reseller', 'endCustomer'),
  ...often<Actor>(1, 'otherBuyer', 'otherManager'),
];
const OWNERS: Owner[] = ['direct', 'resold'];

const drawn: fc.Arbitrary<Drawn> = fc.record({
  act: fc.constantFrom(...ACTS),
  actor: fc.constantFrom(...ACTORS),
  owner: fc.constantFrom(...OWNERS),
  pick: fc.nat(),
  insists: fc.constantFrom(true, false, false, false),
  nth: fc.constantFrom(0, 0, 0, 1, 2),
  product: fc.constantFrom(...PRODUCTS),
  addons: fc.dictionary(fc.constantFrom(...ADDONS), fc.nat(3), { noNullPrototype: true }),
  timing: fc.constantFrom<Timing>('IMMEDIATE', 'IMMEDIATE', 'END_OF_PERIOD'),
  decision: fc.constantFrom('ACCEPT', 'ACCEPT', 'REJECT'),
  days: fc.constantFrom(-3, 1, 32, 70),
  isKilled: fc.boolean(),
  fate: fc.record({
    outcome: fc.constantFrom<Fate['outcome']>(
      ...often<Fate['outcome']>(4, 'ok'),
      ...often<Fate['outcome']>(2, 'refuse', 'resetAfter'),
      ...often<Fate['outcome']>(1, 'hold', 'status', 'resetBefore', 'malformed'),
    ),
    endpoint: fc.oneof(fc.constant(null), fc.constantFrom(...ENDPOINTS)),
    isFatal: fc.boolean(),
  }),
});

/** Sequences of at most `most` commands. */
export const commands = (most: number) =>
  fc.commands([drawn.map(each => new Command(each))], { maxCommands: most, size: 'max' });
