import { HOURS_A_MONTH, HOURS_A_YEAR } from '../physics/source.ts';
import type { RandomStream } from '../time/random-stream.ts';
import { countDrift, countToken, emptyCounts, type FleetCounts } from './fleet-counts.ts';
import { type FleetPlan, hoursOf, type Usage } from './fleet-plan.ts';
import { type Grid, type GridWeather, gridOf, loginFrom, weatherOnGrid } from './grid.ts';
import { meetServer } from './meet-server.ts';
import { type Customer, customerOf, GENERATIONS_MAX, memberOf } from './member.ts';
import { type LotTables, tablesOf } from './tables.ts';
import { TokenLife } from './token-life.ts';

/** A customer without a token gets another one in so many days. Assumption. */
const REPLACED_AFTER_HOURS = 7 * 24;

/** Draws of a token's log-ins begin here: its fate takes fewer. */
const MOMENTS_FROM = 256;

/** The log-ins of one usage. */
interface Sheet {
  readonly usage: Usage;
  readonly grid: Grid;
  /** How many tokens begin to log in at each place, less those that end: their sums are log-ins. */
  readonly begun: Int32Array;
}

/** Lives the customers of a plan one after the other and counts. Memory does not grow with them. */
export class LiveFleet {
  readonly plan: FleetPlan;
  readonly #tables: readonly LotTables[];
  /** By usage. */
  readonly #sheets: readonly Sheet[];
  /** By place, then by usage. */
  readonly #weathers: readonly (readonly GridWeather[])[];
  /** Of the token at hand, at each of its log-ins. */
  readonly #ahead: Float64Array;
  readonly #steps: Int32Array;

  constructor(plan: FleetPlan) {
    this.plan = plan;
    this.#tables = tablesOf(plan);
    this.#sheets = plan.usages.map((usage) => sheetOf(plan, usage));
    // The degrees are the same for all lots.
    const courses = this.#tables[0]?.courses ?? [];
    this.#weathers = courses.map((course) => this.#sheets.map(({ grid }) => weatherOnGrid(grid, course)));
    const most = Math.max(...this.#sheets.map(({ grid }) => grid.count));
    this.#ahead = new Float64Array(most);
    this.#steps = new Int32Array(most);
  }

  /** Counts the customers from `from` to before `to`. */
  count(from: number, to: number): FleetCounts {
    const counts = emptyCounts(monthsOf(this.plan), this.plan.policies.length);
    for (let number = from; number < to; number++) this.#customer(customerOf(this.plan, number), counts);
    for (const sheet of this.#sheets) countLogins(sheet, counts);
    return counts;
  }

  /**
   * Returns the tokens of a customer, one after the other, with the hour in which each is issued.
   */
  *tokensOf(
    customer: Customer,
  ): Generator<{ readonly life: TokenLife; readonly issuedHour: number; readonly generation: number }> {
    const horizonHour = hoursOf(this.plan);
    let { issuedHour } = customer;
    for (let generation = 0; generation < GENERATIONS_MAX && issuedHour < horizonHour; generation++) {
      const life = this.#life(customer, generation, issuedHour);
      yield { life, issuedHour, generation };
      if (life.end === 'none' || !this.plan.fates.isReplaced) return;
      issuedHour = life.endHour + REPLACED_AFTER_HOURS;
    }
  }

  #customer(customer: Customer, counts: FleetCounts): void {
    const sheet = this.#sheetOf(customer);
    const { grid } = sheet;
    let isEmpty = false;
    for (const { life, issuedHour } of this.tokensOf(customer)) {
      countToken(counts, 'issued', monthOf(counts, issuedHour));
      if (isEmpty && this.#hasReplaceableCell(customer)) countToken(counts, 'cells', monthOf(counts, issuedHour));
      isEmpty = life.end === 'cell';
      const from = life.course.firstLogin;
      const to = Math.max(from, loginFrom(grid, life.endHour));
      life.course.writeAhead(this.#ahead, from, to);
      sheet.begun[from] = (sheet.begun[from] as number) + 1;
      sheet.begun[to] = (sheet.begun[to] as number) - 1;
      this.#meetServers(life.moments, sheet, from, to, counts);
      this.#countDrift(life, issuedHour, counts);
      if (life.end !== 'none') countToken(counts, life.end, monthOf(counts, life.endHour));
    }
  }

  #life(customer: Customer, generation: number, issuedHour: number): TokenLife {
    const { plan } = this;
    const { lot, place, usage } = customer;
    const tables = this.#tables[lot] as LotTables;
    return new TokenLife({
      plan,
      member: memberOf(plan, customer, generation, issuedHour),
      tables,
      course: tables.courses[place] as LotTables['courses'][number],
      endOfCell: tables.ends[place] as LotTables['ends'][number],
      overheated: tables.overheated[place] as LotTables['overheated'][number],
      login: tables.logins[usage] as LotTables['logins'][number],
      grid: this.#sheetOf(customer).grid,
      weather: this.#weathers[place]?.[usage] as GridWeather,
      issuedHour,
    });
  }

  /**
   * The moment within a step, and how long a customer types, are drawn once a log-in for all
   * policies.
   */
  #meetServers(moments: RandomStream, sheet: Sheet, from: number, to: number, counts: FleetCounts): void {
    const { policies } = this.plan;
    const [ahead, steps] = [this.#ahead, this.#steps];
    const { usage, grid } = sheet;
    for (let i = 0; i < policies.length; i++) {
      const policy = policies[i] as FleetPlan['policies'][number];
      const per = 1 / policy.stepSeconds;
      const typing = usage.typingSeconds * per;
      for (let k = from; k < to; k++) {
        const draw = moments.drawAt(MOMENTS_FROM + k);
        // The code is made at `draw` of its step and arrives later: it is behind by what was typed.
        const arrives = draw + typing * 2 * fraction(draw * 65_536);
        steps[k] = Math.floor(draw + (ahead[k] as number) * per) - Math.floor(arrives);
      }
      meetServer(counts, i, policy, { steps, month: grid.month, from, to, triesBeforeHelp: usage.triesBeforeHelp });
    }
  }

  #countDrift(life: TokenLife, issuedHour: number, counts: FleetCounts): void {
    for (let year = Math.floor(issuedHour / HOURS_A_YEAR); year < counts.drift.length; year++) {
      const hour = Math.floor((year + 1) * HOURS_A_YEAR) - 1;
      if (hour > life.endHour || hour >= hoursOf(this.plan)) return;
      if (hour >= issuedHour) countDrift(counts, year, life.course.aheadSeconds(hour));
    }
  }

  #hasReplaceableCell({ lot }: Customer): boolean {
    return this.#tables[lot]?.profile.battery.replaceable ?? false;
  }

  #sheetOf({ usage }: Customer): Sheet {
    return this.#sheets[usage] as Sheet;
  }
}

function countLogins({ begun, grid: { month } }: Sheet, counts: FleetCounts): void {
  let active = 0;
  for (let k = 0; k < month.length; k++) {
    active += begun[k] as number;
    countToken(counts, 'logins', month[k] as number, active);
  }
  begun.fill(0);
}

export function monthsOf(plan: FleetPlan): number {
  return Math.ceil(hoursOf(plan) / HOURS_A_MONTH);
}

function monthOf({ months }: FleetCounts, hour: number): number {
  return Math.min(months - 1, Math.floor(hour / HOURS_A_MONTH));
}

function sheetOf(plan: FleetPlan, usage: Usage): Sheet {
  const grid = gridOf(plan, usage);
  return { usage, grid, begun: new Int32Array(grid.count + 1) };
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
