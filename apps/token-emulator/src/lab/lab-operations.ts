// The operations of the HTTP interface. Each is also an entry of its OpenAPI description.
import { decodeBase32, parseOcraSuite, Secret } from '@ramz/otp-core';
import { z } from 'zod';
import { DEVICE_EVENT_KINDS } from '../device/device-event.ts';
import { plug } from '../device/harm.ts';
import { KEYS } from '../firmware/token-event.ts';
import { pinBytes } from '../firmware/token-machine.ts';
import { CLIMATE_NAMES, CLIMATES } from '../physics/climate.ts';
import { PERSONALITIES } from '../usb/personalities/personality-names.ts';
import { FAULTS, TRANSFERS } from '../usb/usb-fault.ts';
import { asNumber, filterOf } from './event-query.ts';
import { harmBy, harmSchema } from './harm-by-name.ts';
import { LabRefused } from './lab-refused.ts';
import { loadSeed } from './load-seed.ts';
import { deleting, type LabOperation, type LabRequest, taking, telling } from './operation.ts';
import { SPEED_MAX } from './pace.ts';
import { clocksOf, glanceOf, viewOf } from './token-view.ts';

const YEARS_MAX_S = 20 * 366 * 86_400;
const EVENTS_LISTED_MAX = 1_000;
const WAIT_MS_MAX = 120_000;
const HELD_MS_MAX = 60_000;
const LATE_MS_MAX = 60_000;

const name = z.string().min(1).max(32);

function bench({ laboratory, pace }: LabRequest<never>): object {
  const { now, seed, tokens, events } = laboratory;
  return {
    lab_time: new Date(now).toISOString(),
    speed: pace.speed,
    seed,
    last_event: events.last,
    tokens: tokens.map((token) => ({
      name: token.name,
      clocks: clocksOf(token.device),
      ...glanceOf(token.device),
    })),
  };
}

function token({ laboratory, name: of }: Pick<LabRequest<never>, 'laboratory' | 'name'>): object {
  return viewOf(laboratory.token(of));
}

export const OPERATIONS: readonly LabOperation[] = [
  telling('/api/lab', 'the bench: its clock, and every token with its own', bench),
  taking(
    '/api/lab/time',
    'freezes the clock, runs it at a speed, or leaps ahead',
    z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('freeze') }),
      z.strictObject({ do: z.literal('run'), speed: z.number().min(0.001).max(SPEED_MAX) }),
      z.strictObject({ do: z.literal('leap'), by_s: z.number().min(0.001).max(YEARS_MAX_S) }),
    ]),
    (asked) => {
      const { body, pace } = asked;
      if (body.do === 'leap') pace.leap(Math.round(body.by_s * 1_000));
      else pace.setSpeed(body.do === 'run' ? body.speed : 0);
      return bench(asked as LabRequest<never>);
    },
  ),
  taking(
    '/api/tokens',
    'puts another token on the bench',
    z.strictObject({
      name: name.optional(),
      profile: z
        .string()
        .regex(/^[a-z0-9-]+$/, 'is the name of a shipped profile')
        .optional(),
      personality: z.enum(PERSONALITIES).optional(),
      interfaces: z.enum(['vendor', 'keyboard-and-vendor']).optional(),
    }),
    async ({ laboratory, body }) => viewOf(await laboratory.add(body)),
  ),
  telling('/api/tokens/{name}', 'everything that can be seen of a token', token),
  telling('/api/tokens/{name}/history', 'samples for the plots', ({ laboratory, name: of }) => {
    const { device, history } = laboratory.token(of);
    return { clocks: clocksOf(device), samples: history.samples };
  }),
  telling('/api/tokens/{name}/traffic', 'its last USB transfers: ?after=', ({ laboratory, name: of, query }) => ({
    transfers: laboratory.token(of).traffic.after(asNumber(query.get('after') ?? '0', 'after')),
  })),
  taking(
    '/api/tokens/{name}/press',
    'presses the button for held_ms',
    z.strictObject({ held_ms: z.number().int().min(1).max(HELD_MS_MAX).default(100) }),
    (asked) => {
      asked.laboratory.token(asked.name).touch(asked.body.held_ms);
      return token(asked);
    },
  ),
  taking(
    '/api/tokens/{name}/button',
    'puts the button down, or lets it up: the token acts when a real one would',
    z.strictObject({ is_down: z.boolean() }),
    (asked) => {
      asked.laboratory.token(asked.name).button(asked.body.is_down);
      return token(asked);
    },
  ),
  taking('/api/tokens/{name}/key', 'a key of the keypad', z.strictObject({ key: z.enum(KEYS) }), (asked) => {
    const { device } = asked.laboratory.token(asked.name);
    if (!device.profile.keypad) throw new LabRefused(`a ${device.profile.name} has no keypad`);
    device.pressKey(asked.body.key);
    return token(asked);
  }),
  taking(
    '/api/tokens/{name}/seed',
    "loads a seed of the laboratory's own, in base32; the token makes codes from then on",
    z.strictObject({
      base32: z.string().min(26).max(128),
      enrolment_id: z
        .string()
        .regex(/^[0-9a-f]{32}$/, 'has 32 hexadecimal digits')
        .default('0'.repeat(31).concat('1')),
      hash: z.enum(['sha1', 'sha256', 'sha512']).default('sha1'),
      ocra_suite: z.string().max(64).optional(),
      period_s: z.number().int().min(1).max(86_400).default(60),
    }),
    async (asked) => {
      const { base32, enrolment_id: enrolmentId, ocra_suite: ocraSuite, ...others } = asked.body;
      const parameters = {
        ...others,
        ...(ocraSuite !== undefined && { ocraSuite: parseOcraSuite(ocraSuite).text }),
      };
      const { device } = asked.laboratory.token(asked.name);
      using seed = Secret.copy(decodeBase32(base32));
      if (!(await loadSeed(device, seed, enrolmentId, parameters))) throw new LabRefused('the token takes no seed now');
      return token(asked);
    },
  ),
  taking(
    '/api/tokens/{name}/pin',
    'sets the PIN of a provisioned token that knows PINs',
    z.strictObject({ digits: z.string().regex(/^\d{4,8}$/, 'are 4 to 8 digits') }),
    (asked) => {
      const { device } = asked.laboratory.token(asked.name);
      if (!device.setPin(pinBytes(asked.body.digits))) {
        const { name: kind, pin } = device.profile;
        throw new LabRefused(
          pin === null
            ? `a ${kind} has no PIN`
            : `a ${kind} cannot take this PIN now: it needs a seed first, ${pin.digits} digits, and no PIN yet`,
        );
      }
      return token(asked);
    },
  ),
  taking(
    '/api/tokens/{name}/plug',
    'power from a USB socket, without a host behind it; unplugged, a host loses it, too',
    z.strictObject({ plugged: z.boolean() }),
    (asked) => {
      const { device, wire } = asked.laboratory.token(asked.name);
      if (!asked.body.plugged) wire.pull();
      plug(device, asked.body.plugged);
      return token(asked);
    },
  ),
  taking(
    '/api/tokens/{name}/weather',
    'a temperature, or a place with its days and seasons',
    z
      .strictObject({ temp_C: z.number().min(-60).max(150).optional(), climate: z.enum(CLIMATE_NAMES).optional() })
      .refine(
        ({ temp_C: tempCelsius, climate }) => (tempCelsius === undefined) !== (climate === undefined),
        'needs either temp_C or climate',
      ),
    (asked) => {
      const { body } = asked;
      asked.laboratory.token(asked.name).device.putInto(body.temp_C ?? CLIMATES[body.climate ?? 'laboratory']);
      return token(asked);
    },
  ),
  taking('/api/tokens/{name}/harm', 'what people and the world do to it', harmSchema, (asked) => {
    harmBy(asked.laboratory.token(asked.name).device, asked.body);
    return token(asked);
  }),
  taking(
    '/api/tokens/{name}/fault',
    'a fault on the wire, for transfers to come',
    z.strictObject({
      fault: z.enum(FAULTS),
      on: z.enum([...TRANSFERS, 'any']).default('any'),
      after: z.number().int().min(0).max(1_000_000).default(0),
      times: z.number().int().min(1).max(1_000_000).default(1),
      late_ms: z.number().int().min(0).max(LATE_MS_MAX).default(0),
    }),
    (asked) => {
      asked.laboratory.token(asked.name).wire.plan(asked.body);
      return token(asked);
    },
  ),
  taking('/api/tokens/{name}/snapshot', 'takes a snapshot of the token', z.strictObject({}), (asked) => {
    const { device } = asked.laboratory.token(asked.name);
    return { clocks: clocksOf(device), snapshot: asked.laboratory.takeSnapshot(asked.name) };
  }),
  taking(
    '/api/tokens/{name}/fork',
    'another token that continues from this one, or from a snapshot of that name',
    z.strictObject({ as: name }),
    ({ laboratory, name: from, body }) => viewOf(laboratory.fork(from, body.as)),
  ),
  deleting('/api/tokens/{name}', 'takes a token off the bench, wiped', ({ laboratory, name: of }) => {
    laboratory.remove(of);
    return { removed: of };
  }),
  telling('/api/snapshots', 'the snapshots that are kept', ({ laboratory }) => ({
    snapshots: laboratory.snapshots.map(({ name: of, takenAt }) => ({
      name: of,
      lab_time: new Date(takenAt).toISOString(),
    })),
  })),
  deleting('/api/snapshots/{name}', 'deletes a snapshot, wiped', ({ laboratory, name: of }) => {
    laboratory.dropSnapshot(of);
    return { removed: of };
  }),
  telling('/api/events', 'what happened: ?after=, ?token=, ?kind=, ?count=', ({ laboratory, query }) => {
    const count = Math.min(EVENTS_LISTED_MAX, asNumber(query.get('count') ?? '100', 'count'));
    return {
      lab_time: new Date(laboratory.now).toISOString(),
      last: laboratory.events.last,
      events: laboratory.events.list(filterOf(query), count),
    };
  }),
  taking(
    '/api/events/wait',
    'answers with the first event that matches, now or when it comes',
    z.strictObject({
      after: z.number().int().min(0).default(0),
      token: name.optional(),
      kind: z.enum(DEVICE_EVENT_KINDS).optional(),
      timeout_ms: z.number().int().min(1).max(WAIT_MS_MAX).default(10_000),
    }),
    async ({ laboratory, gone, body: { timeout_ms: timeoutMs, ...filter } }) => {
      const event = await laboratory.events.waitFor(filter, timeoutMs, gone);
      if (event === undefined) throw new LabRefused(`nothing of the kind happened within ${timeoutMs} ms`, 'too-late');
      return { lab_time: new Date(laboratory.now).toISOString(), event };
    },
  ),
];
