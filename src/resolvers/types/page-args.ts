import { ArgsType, Int } from 'type-graphql';
import { Optional } from './fields';

@ArgsType()
export class PageArgs {
  @Optional(() => Int, 'Number of items in the page. Default 20, range 0 to 100.')
  first?: number | null;

  @Optional(() => String, 'Cursor of an item. The page starts after it.')
  after?: string | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Optional(() => String, 'Search text, case-insensitive.')
  search?: string | null;
}
