import { Ctx, Query, Resolver } from 'type-graphql';
import { type Context, requireActor } from '../services/context';
import { type Overview, readOverview } from '../services/overview/read-overview';
import { OperationsOverview } from './types/overview';

@Resolver()
export class OverviewResolver {
  @Query(() => OperationsOverview, {
    description:
      'Reads the state of the gateway for its operators. Account managers and administrators only.',
  })
  overview(@Ctx() context: Context): Promise<Overview> {
    return readOverview(requireActor(context));
  }
}
