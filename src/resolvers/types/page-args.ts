import { ArgsType, Int } from 'type-graphql';
import { Optional, searchIn } from './fields';

@ArgsType()
export class PageArgs {
  @Optional(() => Int, 'Number of items, from the start of the list. Default 20, range 0 to 100.')
  first?: number | null;

  @Optional(() => String, 'Cursor of an item. The page starts after it.')
  after?: string | null;

  @Optional(
    () => Int,
    'Number of items, from the end of the list. Range 0 to 100. Cannot be combined with `first`.',
  )
  last?: number | null;

  @Optional(() => String, 'Cursor of an item. The page ends before it.')
  before?: string | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Optional(() => String, searchIn('the names, descriptions, SKUs and e-mail addresses of the items'))
  search?: string | null;
}
