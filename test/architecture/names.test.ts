// Names follow the TypeScript conventions. Documents (the wire, YAML, SQL, JSON for programs,
// signed statements) keep their own names: the types that mirror them are in the files below only.
import { describe, expect, it } from 'vitest';
import { isNode, nodesIn, parse, parseText, type SyntaxNode, source, typescript } from './source-files.ts';

/** The files that mirror a document, each with the document. */
const DOCUMENTS: readonly (readonly [file: RegExp, document: string])[] = [
  [/\/(announcement|statements|read-statement|quorum)\.ts$/, 'what people and the vault sign'],
  [/\/minutes\/minutes-(body|file)\.ts$/, 'minutes'],
  [/\/(person-keys|zone)\.ts$/, 'key files'],
  [/\/(pkcs11-token|spawn-vault)\.ts$/, 'settings of a PKCS #11 token'],
  [/\/pkcs11-library\.ts$/, 'PKCS #11 itself'],
  [/\/(key-record|keyring|vault\/store\/ledger)\.ts$/, 'keys as the store keeps them'],
  [/\/store\/postgres\/(clocks|load-rows|log|schema|side-tables|sessions)\.ts$/, 'rows of SQL'],
  [
    /\/(bank-profile|profile-schema|life-cycle-fields|activation-fields|failure-budget|lock-limit)\.ts$/,
    "a bank's profile",
  ],
  [/\/status-details\.ts$/, 'google.rpc messages'],
  [/\/(device-profile|body|ranges)\.ts$/, "a token's profile"],
  [/\/scenario\/(scenario|scenario-file|run-scenario|step-schemas)\.ts$/, 'scenarios'],
  [
    /\/lab\/(harm-by-name|history|lab-operations|token-view|traffic-log)\.ts$|\/(usb-fault|device-event)\.ts$/,
    'the laboratory over HTTP',
  ],
  [/^apps\/tour\/src\/daemon-process\.ts$|^test\//, 'messages between programs'],
  [/\/show-entries\.ts$/, 'entries as JSON'],
  [/\/(merkle-tree|iranian-ids)\.test\.ts$/, 'test vectors'],
];
const CAMEL = /^[#_$]?[a-z][a-zA-Z0-9]*$|^_+$/;
const PASCAL = /^[A-Z][a-zA-Z0-9]*$/;
const UPPER = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
/** Rejected as type names: they say what was done with a thing, not what it is. */
const PARTICIPLES =
  /^(Asked|Read|Found|Wanted|Known|Seen|Tried|Held|Taken|Made|Given|Loaded|Opened|Named|Planned|Told|Compared|Ran|Left|Spent|Place|Of)$/;

/** Yields the names a pattern declares: a variable, a parameter, destructured names. */
function* boundBy(pattern: unknown): Generator<string> {
  if (!isNode(pattern)) return;
  if (pattern.type === 'Identifier') yield String(pattern['name']);
  if (pattern.type === 'AssignmentPattern') yield* boundBy(pattern['left']);
  if (pattern.type === 'RestElement') yield* boundBy(pattern['argument']);
  if (pattern.type === 'TSParameterProperty') yield* boundBy(pattern['parameter']);
  if (pattern.type === 'ArrayPattern') for (const one of pattern['elements'] as unknown[]) yield* boundBy(one);
  if (pattern.type !== 'ObjectPattern') return;
  for (const one of pattern['properties'] as SyntaxNode[]) yield* boundBy(one.type === 'Property' ? one['value'] : one);
}

const TYPES = ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration', 'ClassDeclaration'];
const MEMBERS = [
  'TSPropertySignature',
  'TSMethodSignature',
  'PropertyDefinition',
  'MethodDefinition',
  'AccessorProperty',
];

function* wrongNamesIn(file: string): Generator<string> {
  const isDocument = DOCUMENTS.some(([pattern]) => pattern.test(file));
  yield* wrongNamesOf(parse(file), isDocument);
}

function* wrongNamesOf(tree: SyntaxNode, isDocument: boolean): Generator<string> {
  for (const [node] of nodesIn(tree)) {
    for (const name of valuesNamedBy(node)) if (![CAMEL, PASCAL, UPPER].some((form) => form.test(name))) yield name;
    const { name } = (isNode(node['id']) ? node['id'] : {}) as { name?: string };
    if (TYPES.includes(node.type) && name !== undefined && (!PASCAL.test(name) || PARTICIPLES.test(name))) yield name;
    const key = memberNamedBy(node);
    if (key !== undefined && !isDocument && ![CAMEL, PASCAL, UPPER].some((form) => form.test(key))) yield key;
  }
}

function* valuesNamedBy(node: SyntaxNode): Generator<string> {
  if (node.type === 'VariableDeclarator') yield* boundBy(node['id']);
  if (node.type === 'FunctionDeclaration') yield* boundBy(node['id']);
  if (node.type === 'CatchClause') yield* boundBy(node['param']);
  if (Array.isArray(node['params'])) for (const one of node['params']) yield* boundBy(one);
}

function memberNamedBy(node: SyntaxNode): string | undefined {
  if (!MEMBERS.includes(node.type) || node['computed'] === true || !isNode(node['key'])) return undefined;
  const { type, name } = node['key'] as unknown as { type: string; name: string };
  return type === 'Identifier' || type === 'PrivateIdentifier' ? name : undefined;
}

/** Returns the exported types by name, each with the files that export it. */
function exportedTypes(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of source) {
    for (const [node, above] of nodesIn(parse(file))) {
      const { name } = (isNode(node['id']) ? node['id'] : {}) as { name?: string };
      if (!TYPES.includes(node.type) || name === undefined || above.length !== 2) continue;
      if (above.at(-1)?.type === 'ExportNamedDeclaration') found.set(name, [...(found.get(name) ?? []), file]);
    }
  }
  return found;
}

describe('names', () => {
  it('are in camel case, types in Pascal case and no participle, constants in upper case', () => {
    expect(typescript.length).toBeGreaterThan(600);
    expect(typescript.flatMap((file) => [...wrongNamesIn(file)].map((name) => `${file}: ${name}`))).toEqual([]);
  });

  it('are used for one exported type only', () => {
    const shared = [...exportedTypes()].filter(([, files]) => files.length > 1);
    expect(shared).toEqual([]);
  });

  it('reports a planted snake_case name and a planted participle', () => {
    const planted = 'interface Asked { readonly log_size: number } const { at_ms: a_b } = x; function f(c_d) {}';
    expect([...wrongNamesOf(parseText(planted), false)]).toEqual(['Asked', 'log_size', 'a_b', 'c_d']);
  });
});
