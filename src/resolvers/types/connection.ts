import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import {
  Account,
  Addon,
  ApiKey,
  CancellationRequest,
  Charge,
  CloudSubscription,
  Invitation,
  Mail,
  Order,
  PastPrice,
  PriceList,
  Product,
  SimpleType,
  SubscriptionChange,
  User,
  Webhook,
  WebhookDelivery,
} from '../../entities';
import type { Page } from '../../store';
import { AuditEntry } from './audit';
import { Optional } from './fields';

@SimpleType('Position of a page in its list.')
class PageInfo {
  @Field({ description: 'True if items follow the page.' })
  hasNextPage!: boolean;

  @Field({ description: 'True if items precede the page.' })
  hasPreviousPage!: boolean;

  @Optional(() => String, 'Cursor of the first item. Null if the page is empty.')
  startCursor!: string | null;

  @Optional(
    () => String,
    'Cursor of the last item. Pass it as `after` to read the next page. Null if the page is empty.',
  )
  endCursor!: string | null;
}

/** Node with its cursor. */
interface EdgeOf<T> {
  node: T;
  cursor: string;
}

/** Defines the edge and the connection type of a list of `node`. */
function defineConnection<T extends object>(node: ClassType<T>, name: string) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: 'An item of a list with its cursor.' })
  class Edge implements EdgeOf<T> {
    @Field(() => node, { description: 'The item.' })
    node!: T;

    @Field(() => String, {
      description: 'Opaque cursor of the item. Pass it as `after` to read the items that follow.',
    })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list.' })
  class Connection {
    /** Page behind the connection. Edges and cursors are created only when they are selected. */
    page!: Page<T>;

    @Field(() => [Edge], { simple: true, description: 'The items with their cursors.' })
    get edges(): Edge[] {
      const { nodes, cursors } = this.page;
      return nodes.map((node, index) => Object.assign(new Edge(), { node, cursor: cursors[index] ?? '' }));
    }

    @Field(() => [node], { simple: true, description: 'The items.' })
    get nodes(): T[] {
      return this.page.nodes;
    }

    @Field(() => PageInfo, { simple: true, description: 'Position of the page in the list.' })
    get pageInfo(): PageInfo {
      const { cursors, hasNextPage, hasPreviousPage } = this.page;
      return Object.assign(new PageInfo(), {
        hasNextPage,
        hasPreviousPage,
        startCursor: cursors[0] ?? null,
        endCursor: cursors.at(-1) ?? null,
      });
    }

    @Field(() => Int, {
      description:
        'Number of items in the whole list. Runs an additional query; request it only when you need it.',
    })
    totalCount(): number | Promise<number> {
      return this.page.count();
    }

    static of(page: Page<T>): Connection {
      return Object.assign(new Connection(), { page });
    }
  }
  return Connection;
}

export const AccountConnection = defineConnection(Account, 'Account');
export const UserConnection = defineConnection(User, 'User');
export const PriceListConnection = defineConnection(PriceList, 'PriceList');
export const PastPriceConnection = defineConnection(PastPrice, 'PastPrice');
export const AddonConnection = defineConnection(Addon, 'Addon');
export const ProductConnection = defineConnection(Product, 'Product');
export const OrderConnection = defineConnection(Order, 'Order');
export const CloudSubscriptionConnection = defineConnection(CloudSubscription, 'CloudSubscription');
export const CancellationRequestConnection = defineConnection(CancellationRequest, 'CancellationRequest');
export const SubscriptionChangeConnection = defineConnection(SubscriptionChange, 'SubscriptionChange');
export const ChargeConnection = defineConnection(Charge, 'Charge');
export const ApiKeyConnection = defineConnection(ApiKey, 'ApiKey');
export const AuditEntryConnection = defineConnection(AuditEntry, 'AuditEntry');
export const WebhookConnection = defineConnection(Webhook, 'Webhook');
export const WebhookDeliveryConnection = defineConnection(WebhookDelivery, 'WebhookDelivery');
export const MailConnection = defineConnection(Mail, 'Mail');
export const InvitationConnection = defineConnection(Invitation, 'Invitation');
