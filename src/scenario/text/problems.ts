/** Collects what is wrong with a scenario: as many problems as can be found, never one at a time. */
import type { Diagnostic } from '../../base/index.js';
import type { ScenarioCode } from '../codes.js';
import type { Place } from './tree.js';

/** More than this are not told one by one: who has so many has one cause. */
export const MOST_PROBLEMS = 100;

/** The problems found so far. */
export class Problems {
  readonly #found: Diagnostic[] = [];
  #errorCount = 0;
  #left = 0;

  /** Something that keeps the scenario from running. */
  error(code: ScenarioCode, place: Place | null, message: string, hint: string | null = null): void {
    this.#add({ severity: 'error', code, place, message, hint });
  }

  /** Something that the author should know, and that does not keep the scenario from running. */
  warning(code: ScenarioCode, place: Place | null, message: string, hint: string | null = null): void {
    this.#add({ severity: 'warning', code, place, message, hint });
  }

  /** Problems that were found elsewhere, in a trace or a formula say. */
  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.#add(diagnostic);
  }

  /** Whether anything keeps the scenario from running. */
  get failed(): boolean {
    return this.#errorCount > 0;
  }

  /** How many problems keep it from running. */
  get errorCount(): number {
    return this.#errorCount;
  }

  /** All of them: by file in the order met, then by place. */
  list(): readonly Diagnostic[] {
    const order = new Map<string, number>();
    for (const { place } of this.#found) {
      if (place !== null && !order.has(place.source.name)) order.set(place.source.name, order.size);
    }
    const rank = (diagnostic: Diagnostic) =>
      diagnostic.place === null ? -1 : (order.get(diagnostic.place.source.name) as number);
    const sorted = [...this.#found].sort(
      (a, b) => rank(a) - rank(b) || (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0),
    );
    if (this.#left > 0) sorted.push(leftOver(this.#left));
    return sorted;
  }

  #add(diagnostic: Diagnostic): void {
    const { severity, code, place, message } = diagnostic;
    if (severity === 'error') this.#errorCount += 1;
    if (this.#found.length >= MOST_PROBLEMS) {
      this.#left += 1;
      return;
    }
    const start = place?.span.start ?? -1;
    const isKnown = this.#found.some((known) => {
      const isHere = (known.place?.span.start ?? -1) === start && known.place?.source === place?.source;
      // What is wrong with the text of a reference that could not be resolved is no news.
      return (
        isHere && ((known.code === 'BS2011' && place !== null) || (known.code === code && known.message === message))
      );
    });
    if (!isKnown) this.#found.push(diagnostic);
  }
}

function leftOver(count: number): Diagnostic {
  return {
    code: 'BS2001',
    severity: 'note',
    message: `${count} more problems are not shown`,
    place: null,
    hint: 'mend the first ones and validate again; many problems often have one cause',
  };
}
