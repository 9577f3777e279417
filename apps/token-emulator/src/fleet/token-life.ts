// One token of a fleet, from its issue to its end.
import { drawParts, type Parts } from '../device/physical.ts';
import { fall, wash } from '../physics/body.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';
import { RandomStream } from '../time/random-stream.ts';
import type { EndOfCell } from './end-of-cell.ts';
import { type FleetPlan, hoursOf } from './fleet-plan.ts';
import type { Fate, Member } from './member.ts';
import type { SumsByHour } from './sums-by-hour.ts';
import { type Stretch, type Surroundings, TokenCourse } from './token-course.ts';

/** Why a token ended: by its cell, its date, heat, or what people did. */
export type End = 'none' | 'cell' | 'date' | 'heat' | Fate;

/** All that a token's life follows from. */
export interface Destiny extends Surroundings {
  readonly plan: FleetPlan;
  readonly member: Member;
  readonly endOfCell: EndOfCell;
  readonly overheated: SumsByHour;
}

export class TokenLife {
  readonly #of: Destiny;
  readonly #parts: Parts;
  readonly course: TokenCourse;
  /** The hour from the start of the plan in which it ends; the plan's last hour if it does not. */
  readonly endHour: number;
  readonly end: End;

  constructor(of: Destiny) {
    this.#of = of;
    const { member, tables } = of;
    this.#parts = drawParts(tables.profile, new RandomStream(member.seed, 'made'));
    this.course = new TokenCourse(this.#parts, of);
    let [endHour, end] = this.#outerEnd();
    if (member.drops.length > 0 || member.washes.length > 0) [endHour, end] = this.#meetFates(endHour, end);
    const emptyHour = this.#emptyHour(endHour);
    this.endHour = emptyHour ?? endHour;
    this.end = emptyHour === undefined ? end : 'cell';
  }

  get moments(): RandomStream {
    return this.#of.member.moments;
  }

  get capacityMah(): number {
    return this.#parts.cell.capacityMah;
  }

  /** The end that the shelf, chance, the calendar, heat or the plan sets. */
  #outerEnd(): [hour: number, end: End] {
    const { plan, member, tables, issuedHour } = this.#of;
    const horizonHour = hoursOf(plan);
    if (this.course.usedMah(issuedHour) >= tables.issueDepth * this.capacityMah) return [issuedHour, 'cell'];
    const dateHour = Math.floor(issuedHour + tables.lastAgeYears * HOURS_A_YEAR - tables.shelf.hours);
    const heat = this.#heatHour(issuedHour, horizonHour);
    const first = Math.min(horizonHour, member.fateHour, dateHour, heat);
    if (first === horizonHour) return [first, 'none'];
    if (first === heat) return [first, 'heat'];
    return [first, first === dateHour ? 'date' : member.fate];
  }

  #heatHour(from: number, until: number): number {
    const { diesAtDose } = this.#parts;
    const { course, overheated, tables } = this.#of;
    const { shelf } = tables;
    const isFatal = (hour: number) =>
      shelf.heatDose + course.heatDose.before(hour) - course.heatDose.before(from) >= diesAtDose ||
      shelf.overheatedShare + overheated.before(hour) - overheated.before(from) >= 1;
    return isFatal(until) ? firstHour(from, until, isFatal) - 1 : Number.POSITIVE_INFINITY;
  }

  /** Resolves falls and washes with the device's own functions and random stream. */
  #meetFates(endHour: number, end: End): [hour: number, end: End] {
    const { member } = this.#of;
    const random = new RandomStream(member.seed, 'device');
    const draw = () => random.draw();
    const acts = [
      ...member.drops.map((hour) => ({ hour, isDrop: true })),
      ...member.washes.map((hour) => ({ hour, isDrop: false })),
    ].toSorted((a, b) => a.hour - b.hour);
    for (const { hour, isDrop } of acts) {
      if (hour >= endHour || (this.#emptyHour(hour) ?? hour) < hour) break;
      const ended = isDrop ? this.#drop(hour, draw) : this.#wash(hour, draw);
      if (ended !== undefined) return [hour, ended];
    }
    return [endHour, end];
  }

  #drop(hour: number, draw: () => number): End | undefined {
    const { plan, tables } = this.#of;
    const { body, storage, clock } = tables.profile;
    const { isDead, shockPpm, contactLostMs, breaksSegment } = fall(body, plan.fates.dropHeightMeters, draw);
    // A dead segment, or a loss of contact that takes the seed or the time: it is useless from now
    // on.
    if (breaksSegment || isDead) return 'damaged';
    if (contactLostMs > 0 && (storage.seed_in === 'ram' || clock.after_power_loss === 'reset')) return 'damaged';
    this.course.shock(hour, shockPpm);
    if (contactLostMs === 0) return undefined;
    if (!this.#wakesAgain(hour)) return 'cell';
    this.course.standStill(hour, contactLostMs, this.#of.endOfCell.celsiusAt(hour));
    return undefined;
  }

  /** A tired cell carries a running program and does not start one. */
  #wakesAgain(hour: number): boolean {
    const { endOfCell, tables } = this.#of;
    const { steady, waking } = tables.loads;
    const leakMicroamps = this.course.stretchAt(hour).loadMicroamps - steady;
    return this.course.usedMah(hour) <= endOfCell.wakingDepthAt(hour, waking + leakMicroamps) * this.capacityMah;
  }

  #wash(hour: number, draw: () => number): End | undefined {
    const { isDead, leakMicroamps } = wash(this.#of.tables.profile.body, draw);
    if (isDead) return 'damaged';
    this.course.leak(hour, leakMicroamps);
    return undefined;
  }

  /**
   * Returns the hour in which the cell no longer carries the program, if that is before `until`.
   */
  #emptyHour(until: number): number | undefined {
    for (let i = 0; i < this.course.stretches.length; i++) {
      const from = (this.course.stretches[i] as Stretch).fromHour;
      const to = Math.min(until, this.course.stretches[i + 1]?.fromHour ?? until);
      const found = from < to ? this.#emptyHourIn(this.course.stretches[i] as Stretch, from, to) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The charge only falls: no hour is looked at before the coldest of all could be the last. */
  #emptyHourIn({ loadMicroamps }: Stretch, from: number, to: number): number | undefined {
    const leastMah = this.#of.endOfCell.leastDepth(this.#litMicroamps(loadMicroamps)) * this.capacityMah;
    if (this.course.usedMah(to) < leastMah) return undefined;
    let hour = Math.max(from, firstHour(from, to, (one) => this.course.usedMah(one) >= leastMah) - 1);
    while (hour < to && !this.#isEmptyIn(hour, loadMicroamps)) hour += 1;
    return hour < to ? hour : undefined;
  }

  /** A lit glass draws more: near its end a token dies under a press, at a log-in. */
  #isEmptyIn(hour: number, loadMicroamps: number): boolean {
    const { endOfCell } = this.#of;
    if (this.course.usedMah(hour + 1) >= endOfCell.depthAt(hour, loadMicroamps) * this.capacityMah) return true;
    const usedMah = this.course.usedByLogin(hour);
    if (usedMah === undefined) return false;
    return usedMah >= endOfCell.depthAt(hour, this.#litMicroamps(loadMicroamps)) * this.capacityMah;
  }

  #litMicroamps(loadMicroamps: number): number {
    const { steady, lit } = this.#of.tables.loads;
    // Not by the difference: a usual load is found by its very value.
    return loadMicroamps === steady ? lit : loadMicroamps + (lit - steady);
  }
}

/** Returns the first hour after `from` for which a condition holds that never ends again. */
function firstHour(from: number, until: number, holds: (hour: number) => boolean): number {
  let [before, at] = [from, until];
  while (at - before > 1) {
    const middle = (before + at) >> 1;
    if (holds(middle)) at = middle;
    else before = middle;
  }
  return at;
}
