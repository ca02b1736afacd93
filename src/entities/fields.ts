import { ObjectType } from 'type-graphql';

/** Options of a field or an argument that can be null. */
export const nullable = (description: string) => ({ nullable: true, description }) as const;

/** Object type whose fields are the properties of its class. */
export const SimpleType = (description: string) => ObjectType({ simpleResolvers: true, description });
