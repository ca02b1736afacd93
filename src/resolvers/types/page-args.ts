import { ArgsType, Field, Int } from 'type-graphql';
import { nullable } from '../../entities';

@ArgsType()
export class PageArgs {
  @Field(() => Int, nullable('Number of items in the page. Default 20, range 0 to 100.'))
  first?: number | null;

  @Field(() => String, nullable('Cursor of an item. The page starts after it.'))
  after?: string | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, nullable('Search text, case-insensitive.'))
  search?: string | null;
}
