import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';

const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const prose = (text: string | null | undefined) =>
  escaped(text ?? '').replace(/`([^`]+)`/g, '<code>$1</code>');

function reference(type: { toString(): string }): string {
  const name = getNamedType(type as GraphQLNamedType).name;
  const text = escaped(String(type));
  return BUILT_IN.includes(name) ? text : text.replace(name, `<a href="#${name}">${name}</a>`);
}

function row(name: string, type: string, text: string | null | undefined): string {
  return `<tr><th scope="row"><code>${name}</code></th><td><code>${type}</code></td><td>${prose(text)}</td></tr>`;
}

function inputs(fields: readonly (GraphQLInputField | GraphQLArgument)[], indent = ''): string {
  return fields
    .map(({ name, type, description }) => row(`${indent}${name}`, reference(type), description))
    .join('');
}

function fields(list: readonly GraphQLField<unknown, unknown>[]): string {
  return list
    .map(
      ({ name, type, description, args }) =>
        row(name, reference(type), description) + inputs(args, '&#8196;&#8196;↳ '),
    )
    .join('');
}

function body(type: GraphQLNamedType): string {
  const table = (label: string, rows: string) =>
    `<div class="scroll" tabindex="0" role="region" aria-label="${type.name}"><table><thead><tr><th scope="col">${label}</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  if (isObjectType(type) || isInterfaceType(type))
    return table('Field', fields(Object.values(type.getFields())));
  if (isInputObjectType(type)) return table('Field', inputs(Object.values(type.getFields())));
  if (isEnumType(type)) {
    const values = type
      .getValues()
      .map(({ name, description }) => `<dt><code>${name}</code></dt><dd>${prose(description)}</dd>`);
    return `<dl>${values.join('')}</dl>`;
  }
  if (isUnionType(type)) return `<p>One of ${type.getTypes().map(reference).join(', ')}.</p>`;
  return '';
}

function section(title: string, types: readonly GraphQLNamedType[]): string {
  const entries = types.map(
    type =>
      `<article id="${type.name}"><h3>${type.name}</h3>${type.description ? `<p>${prose(type.description)}</p>` : ''}${body(type)}</article>`,
  );
  return `<section><h2>${title}</h2>${entries.join('')}</section>`;
}

/** Page with every type of the schema, its fields, arguments and descriptions, linked to each other. */
export function schemaReference(schema: GraphQLSchema): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    type => type != null,
  );
  const types = Object.values(schema.getTypeMap()).filter(
    type => !type.name.startsWith('__') && !BUILT_IN.includes(type.name) && !roots.includes(type as never),
  );
  const sections: [string, readonly GraphQLNamedType[]][] = [
    ['Operations', roots],
    ['Objects', types.filter(type => isObjectType(type))],
    ['Interfaces and unions', types.filter(type => isInterfaceType(type) || isUnionType(type))],
    ['Inputs', types.filter(type => isInputObjectType(type))],
    ['Enums', types.filter(type => isEnumType(type))],
    ['Scalars', types.filter(type => isScalarType(type))],
  ];
  const links = sections.map(
    ([title, list]) =>
      `<h2>${title}</h2><ul>${list.map(({ name }) => `<li><a href="#${name}">${name}</a></li>`).join('')}</ul>`,
  );
  return `<nav aria-label="Types">${links.join('')}</nav><main>${sections.map(([title, list]) => section(title, list)).join('')}</main>`;
}
