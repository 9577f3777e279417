import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROTO_FILES, PROTO_ROOT } from '@ramz/proto';
import protobuf from 'protobufjs';
import { isRpc, ROLES, ROLES_OF } from '../../apps/hsm-daemon/src/front/access/roles.ts';
import { code, makePage, type Page, table } from './page.ts';

export function rpcsPage(): Page {
  const files = [...PROTO_FILES, 'ramz/hsm/v1/subject.proto'].map(readContract);
  const types = files.flatMap(({ nested }) => nested);
  const services = types.filter((one) => one instanceof protobuf.Service);
  const messages = types.filter((one) => one instanceof protobuf.Type);
  const enums = types.filter((one) => one instanceof protobuf.Enum);
  return makePage(
    'rpcs.md',
    'RPCs and messages',
    'For bank developers: every call of the contract, who may make it, and every field of its messages.',
    '`proto/ramz/hsm/v1`',
    [
      'The daemon’s states in which each call is admitted are in [states](states.md); ' +
        'the answers to calls that are refused in [errors](errors.md).',
      ...services.flatMap(serviceText),
      '## Messages',
      ...messages.flatMap(messageText),
      '## Enumerations',
      ...enums.flatMap(enumText),
    ],
  );
}

function readContract(file: string): { nested: readonly protobuf.ReflectionObject[] } {
  const source = readFileSync(join(PROTO_ROOT, file), 'utf8');
  const { root } = protobuf.parse(source, { keepCase: true, alternateCommentMode: true });
  const found = root.lookup('ramz.hsm.v1');
  return { nested: found instanceof protobuf.Namespace ? found.nestedArray : [] };
}

function serviceText(service: protobuf.Service): string[] {
  const rows = service.methodsArray.map((method) => {
    const roles = isRpc(method.name) ? ROLES_OF[method.name] : [];
    return [
      code(method.name),
      `${link(method.requestType, method.requestStream)} → ${link(method.responseType, method.responseStream)}`,
      roles.length === ROLES.length ? 'all' : roles.map(code).join(', '),
      oneLine(method.comment),
    ];
  });
  return [`## ${service.name}`, oneLine(service.comment), table(['RPC', 'messages', 'roles', 'meaning'], rows)];
}

function link(type: string, isStream: boolean | null | undefined): string {
  const shown = isStream === true ? `stream ${type}` : type;
  return type.includes('.') ? code(shown) : `[${shown}](#${type.toLowerCase()})`;
}

function messageText(message: protobuf.Type): string[] {
  const rows = message.fieldsArray.map((field) => [
    String(field.id),
    code(field.name),
    `${field.repeated ? 'repeated ' : ''}${field.type}${field.partOf === null ? '' : ` (one of ${field.partOf.name})`}`,
    oneLine(field.comment),
  ]);
  const fields = rows.length === 0 ? 'It has no field.' : table(['number', 'field', 'type', 'meaning'], rows);
  return [`### ${message.name}`, oneLine(message.comment), fields];
}

function enumText(one: protobuf.Enum): string[] {
  const rows = Object.entries(one.values).map(([name, number]) => [
    String(number),
    code(name),
    oneLine(one.comments[name] ?? null),
  ]);
  return [`### ${one.name}`, oneLine(one.comment), table(['number', 'value', 'meaning'], rows)];
}

function oneLine(comment: string | null): string {
  return (comment ?? '').replaceAll(/\s+/g, ' ').trim();
}
