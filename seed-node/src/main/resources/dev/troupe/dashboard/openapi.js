// Reads an OpenAPI document: the actions that it lists, and an example for a schema.

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'];
// Schemas may contain themselves.
const MOST_DEPTH = 6;

/** All actions, with their parameters and the type and example of their bodies. */
export function actions(document) {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter(method => item[method]).map(method => action(document, method, path, item)));
}

function action(document, method, path, item) {
  const operation = item[method];
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(one => resolved(document, one));
  const content = Object.entries(resolved(document, operation.requestBody ?? {}).content ?? {});
  const [type, media] = content.find(([name]) => name.includes('json')) ?? content[0] ?? [null, null];
  return {
    method: method.toUpperCase(), path, type,
    id: operation.operationId ?? '',
    summary: operation.summary ?? '',
    tag: operation.tags?.[0] ?? operation.operationId?.split('.')[0] ?? '',
    parameters: parameters.map(one => ({
      name: one.name,
      place: one.in,
      required: Boolean(one.required),
      description: one.description ?? '',
      example: one.example ?? one.schema?.example ?? one.schema?.examples?.[0] ?? (one.required ? one.schema?.default : undefined) ?? '',
    })),
    body: type?.includes('json') ? JSON.stringify(bodyExample(document, media), null, 2) : '',
  };
}

function bodyExample(document, media) {
  return media.example ?? Object.values(media.examples ?? {})[0]?.value ?? example(document, media.schema ?? {});
}

/** An object with the fields that a schema requires; without those, with all that it has. */
function example(document, given, depth = 0) {
  const schema = resolved(document, given);
  const said = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (said !== undefined) {
    return said;
  }
  const one = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (depth >= MOST_DEPTH) {
    return null;
  }
  if (one) {
    return example(document, one, depth + 1);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'integer':
    case 'number': return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'boolean': return false;
    case 'array': return schema.minItems > 0 ? [example(document, schema.items ?? {}, depth + 1)] : [];
    case 'null': return null;
    case 'string': return schema.format === 'email' ? 'someone@example.com' : 'text';
    default: {
      const all = Object.keys(schema.properties ?? {});
      const names = schema.required?.length ? all.filter(name => schema.required.includes(name)) : all;
      return Object.fromEntries(names.map(name => [name, example(document, schema.properties[name], depth + 1)]));
    }
  }
}

function resolved(document, given) {
  let found = given;
  for (let depth = 0; found?.$ref && depth < MOST_DEPTH; depth++) {
    found = found.$ref.replace(/^#\//, '').split('/')
      .reduce((part, name) => part?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  }
  return found ?? {};
}

/** The values of the variables if `path` is of the form `template`, else null. */
export function variables(template, path) {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return null;
  }
  const found = {};
  for (const [i, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (!name && part !== given[i]) {
      return null;
    }
    if (name) {
      found[name] = given[i] === part ? '' : given[i];
    }
  }
  return found;
}
