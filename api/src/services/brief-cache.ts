/**
 * Keeps what was just loaded for a moment, so that a burst of requests asks the database once.
 * What another process changes is seen after `ttlMs` at the latest.
 */
export class BriefCache<T> {
  readonly #ttlMs: number;
  readonly #most: number;
  readonly #entries = new Map<string, { value: T; until: number }>();

  constructor(ttlMs: number, most = 10_000) {
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  get(key: string, now: Date): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > now.getTime()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: T, now: Date): void {
    // Oldest first: a Map keeps the order of insertion.
    if (this.#entries.size >= this.#most) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, { value, until: now.getTime() + this.#ttlMs });
  }

  clear(): void {
    this.#entries.clear();
  }
}
