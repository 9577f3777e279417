// One token of a fleet, from its issue to its end.
import { drawParts, type Parts } from '../device/physical.ts';
import { fall, wash } from '../physics/body.ts';
import { terminalDepth } from '../physics/cell.ts';
import { temperatureCelsius } from '../physics/climate.ts';
import { HOUR_MS, HOURS_A_YEAR } from '../physics/source.ts';
import { RandomStream } from '../time/random-stream.ts';
import { type CourseOfPlace, type EndOfCell, hoursOf } from './course-of-place.ts';
import type { FleetPlan } from './fleet-plan.ts';
import type { Fate, Member } from './member.ts';
import { type Stretch, type Surroundings, TokenCourse } from './token-course.ts';

/** Why a token ended: by its cell, its date, heat, or what people did. */
export type End = 'none' | 'cell' | 'date' | 'heat' | Fate;

/** All that a token's life follows from. */
export interface Destiny extends Surroundings {
  readonly plan: FleetPlan;
  readonly member: Member;
  readonly endOfCell: EndOfCell;
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

  /** The end that chance, the calendar, heat or the plan sets. */
  #outerEnd(): [hour: number, end: End] {
    const { plan, member, tables, course, issuedHour } = this.#of;
    const horizonHour = hoursOf(plan);
    const dateHour = Math.ceil(issuedHour + (tables.lastAgeYears - tables.shelfYears) * HOURS_A_YEAR);
    const heat = this.#heatHour(course, issuedHour, horizonHour);
    const first = Math.min(horizonHour, member.fateHour, dateHour, heat);
    if (first === horizonHour) return [first, 'none'];
    if (first === heat) return [first, 'heat'];
    return [first, first === dateHour ? 'date' : member.fate];
  }

  #heatHour({ heatDose, overheatedShare }: CourseOfPlace, from: number, until: number): number {
    const { diesAtDose } = this.#parts;
    const { shelf } = this.#of.tables;
    const isFatal = (hour: number) =>
      shelf.heatDose + (heatDose[hour] ?? 0) - (heatDose[from] ?? 0) >= diesAtDose ||
      shelf.overheatedShare + (overheatedShare[hour] ?? 0) - (overheatedShare[from] ?? 0) >= 1;
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
      const isEnd = isDrop ? this.#drop(hour, draw) : this.#wash(hour, draw);
      if (isEnd) return [hour, 'damaged'];
    }
    return [endHour, end];
  }

  #drop(hour: number, draw: () => number): boolean {
    const { plan, tables } = this.#of;
    const { isDead, shockPpm, contactLostMs, breaksSegment } = fall(
      tables.profile.body,
      plan.fates.dropHeightMeters,
      draw,
    );
    // A dead segment, or a loss of contact that takes the seed or the time: it is useless from now
    // on.
    if (breaksSegment || isDead) return true;
    const { storage, clock } = tables.profile;
    if (contactLostMs > 0 && (storage.seed_in === 'ram' || clock.after_power_loss === 'reset')) return true;
    this.course.change(hour, { shockPpm, aheadSeconds: -contactLostMs / 1_000, loadMicroamps: 0 });
    return false;
  }

  #wash(hour: number, draw: () => number): boolean {
    const { isDead, leakMicroamps } = wash(this.#of.tables.profile.body, draw);
    if (!isDead) this.course.change(hour, { shockPpm: 0, aheadSeconds: 0, loadMicroamps: leakMicroamps });
    return isDead;
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
    const leastMah = this.#leastDepth(loadMicroamps) * this.capacityMah;
    if (this.course.usedMah(to) < leastMah) return undefined;
    let hour = Math.max(from, firstHour(from, to, (one) => this.course.usedMah(one) >= leastMah) - 1);
    while (hour < to && !this.#isEmptyIn(hour)) hour += 1;
    return this.#emptyingLogin(from, hour) ?? (hour < to ? hour : undefined);
  }

  #leastDepth(loadMicroamps: number): number {
    const { endOfCell, tables } = this.#of;
    if (loadMicroamps === tables.steadyMicroamps) return endOfCell.leastDepth;
    const { brownout_V: brownoutVolts } = tables.profile.battery;
    return terminalDepth(this.#parts.cell, endOfCell.coldestCelsius, loadMicroamps, brownoutVolts);
  }

  #isEmptyIn(hour: number): boolean {
    return (
      Math.max(this.course.usedMah(hour), this.course.usedMah(hour + 1) - this.course.pressMahAt(hour)) >=
      this.#endDepth(hour) * this.capacityMah
    );
  }

  #endDepth(hour: number): number {
    const { endOfCell, tables } = this.#of;
    const { loadMicroamps } = this.course.stretchAt(hour);
    if (loadMicroamps === tables.steadyMicroamps) return endOfCell.depth[hour] ?? 1;
    return this.#depthUnder(hour, loadMicroamps);
  }

  #depthUnder(hour: number, loadMicroamps: number): number {
    const { plan, member, tables } = this.#of;
    const climate = plan.places[member.customer.place]?.climate;
    const celsius = climate === undefined ? 25 : temperatureCelsius(climate, plan.start / HOUR_MS + hour);
    return terminalDepth(this.#parts.cell, celsius, loadMicroamps, tables.profile.battery.brownout_V);
  }

  /** A lit glass draws more: near its end a token dies under a press, at a log-in. */
  #emptyingLogin(from: number, before: number): number | undefined {
    const { grid, tables } = this.#of;
    const { display_uA: displayMicroamps } = tables.profile.load;
    let found: number | undefined;
    for (let k = this.course.loginsBefore(before) - 1; k >= 0; k--) {
      const hour = grid.hour[this.course.firstLogin + k] ?? 0;
      if (hour < from) break;
      const used = this.course.usedMah(hour) + this.course.pressMahAt(hour);
      const depth = this.#depthUnder(hour, this.course.stretchAt(hour).loadMicroamps + displayMicroamps);
      if (used < depth * this.capacityMah) break;
      found = hour;
    }
    return found;
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
