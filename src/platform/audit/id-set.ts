/** Which record numbers were seen: one bit each, so that a hundred million take twelve megabytes. */
export class IdSet {
  #bits = new Uint8Array(1 << 16);

  has(id: number): boolean {
    return ((this.#bits[Math.floor(id / 8)] ?? 0) & (1 << (id & 7))) !== 0;
  }

  /** @returns whether it was not there before */
  add(id: number): boolean {
    if (this.has(id)) return false;
    const byte = Math.floor(id / 8);
    if (byte >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[byte] = (this.#bits[byte] ?? 0) | (1 << (id & 7));
    return true;
  }

  /** Stretches of numbers that are missing between two bounds, both included. */
  *missing(from: number, to: number): Generator<{ from: number; to: number }> {
    for (let id = from; id <= to; id++) {
      // A byte that is full holds no gap.
      if ((id & 7) === 0 && this.#bits[Math.floor(id / 8)] === 255) {
        id += 7;
        continue;
      }
      if (this.has(id)) continue;
      const start = id;
      while (id < to && !this.has(id + 1)) id++;
      yield { from: start, to: id };
    }
  }
}
