import { ArgsType, Field, Int } from 'type-graphql';

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'Items of the page: 20 unless said otherwise, at most 100.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Begin behind the item with this cursor.' })
  after?: string | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only what contains this text, in any case.' })
  search?: string | null;
}
