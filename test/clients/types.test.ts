import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultOf, VariablesOf } from 'gql.tada';
import { ROOT } from '../support/root';
import * as generated from './generated/codegen/graphql';
import type { shopAddToBasketMutation } from './generated/relay/shopAddToBasketMutation.graphql';
import type { shopProvisioningSubscription } from './generated/relay/shopProvisioningSubscription.graphql';
import { expectNoAny } from './support/no-any';
import * as tada from './support/tada-documents';

type Documents = Omit<typeof generated, `${string}FragmentDoc`>;
type Types<Of> = { [Name in keyof Of]: { result: ResultOf<Of[Name]>; variables: VariablesOf<Of[Name]> } };

// The compiler is the test (`npm run check`): `expectNoAny` does not compile for a type that contains `any`.
test('results and variables of GraphQL Code Generator, gql.tada and Relay contain no `any`', () => {
  expectNoAny<Types<Documents>>();
  expectNoAny<Types<typeof tada>>();
  expectNoAny<shopAddToBasketMutation>();
  expectNoAny<shopProvisioningSubscription>();
  // @ts-expect-error What `expectNoAny` is for.
  expectNoAny<{ found: { deep: any }[] }>();
});

test('wrong variables and fields that were not selected do not compile', () => {
  type Product = ResultOf<typeof tada.Product>['product'];
  const product: Product = { id: 'prod_1', sku: 'X', addons: [] };
  // @ts-expect-error `name` is not selected.
  expect(product?.name).toBe(undefined);
  // @ts-expect-error `sku` is missing.
  const variables: VariablesOf<typeof tada.Product> = {};
  // @ts-expect-error `sku` is a text.
  const generatedVariables: generated.ProductQueryVariables = { sku: 1 };
  // @ts-expect-error There is no such billing cycle.
  const cycle: VariablesOf<typeof tada.AddToBasket>['input']['billingCycle'] = 'WEEKLY';
  expect([variables, generatedVariables, cycle]).toEqual([{}, { sku: 1 }, 'WEEKLY']);
});

test('every document of the folder is generated', () => {
  const files = readdirSync(join(ROOT, 'test/clients/documents'));
  expect(Object.keys(generated)).toHaveLength(files.length);
});
