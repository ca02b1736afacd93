import { ArgsType, Field, Int } from 'type-graphql';
import { nullable } from '../../entities';

@ArgsType()
export class PageArgs {
  @Field(() => Int, nullable('Items of the page: 20 unless said otherwise, at most 100.'))
  first?: number | null;

  @Field(() => String, nullable('Begin behind the item with this cursor.'))
  after?: string | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, nullable('Only what contains this text, in any case.'))
  search?: string | null;
}
