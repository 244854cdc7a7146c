interface Call<T, R> {
  items: readonly T[];
  resolve: (results: R[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Joins work that is asked for while some is under way into one piece: under load one round trip to the
 * database does for many requests; a request that comes alone waits for nothing.
 */
export class Joined<T, R> {
  readonly #work: (items: readonly T[]) => Promise<R[]>;
  readonly #most: number;
  #waiting: Call<T, R>[] = [];
  #running = false;

  /**
   * @param work gives a result for each item, in their order; must not depend on which call an item came with
   * @param most items after which no further call is joined
   */
  constructor(work: (items: readonly T[]) => Promise<R[]>, most: number) {
    this.#work = work;
    this.#most = most;
  }

  /** @returns the results of these items; rejects when the piece that they were part of failed */
  run(items: readonly T[]): Promise<R[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (!this.#running) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#piece(this.#next());
    this.#running = false;
  }

  #next(): Call<T, R>[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ items }, place) => {
      count += items.length;
      return place > 0 && count > this.#most;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  async #piece(calls: readonly Call<T, R>[]): Promise<void> {
    try {
      const results = await this.#work(calls.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of calls) {
        resolve(results.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }
}
