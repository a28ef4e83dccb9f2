/** One way of doing the work that is measured. */
export interface Contender {
  readonly name: string;
  /** Pages, rows, cases … that one run does. */
  readonly units: number;
  /** Gets everything ready and warm, outside the time; gives the work itself, which may tell how many bytes it made. */
  prepare(): Promise<() => Promise<number | undefined>>;
}

/** The same work done by us (first) and by others or by the bare means below us, in one run. */
export interface Bench {
  readonly title: string;
  /** What is counted: ページ, 行 … */
  readonly unit: string;
  readonly contenders: readonly Contender[];
}

/** What a run took. */
export interface Measure {
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** The most memory the process ever had, threads and all. */
  readonly peakMegabytes: number;
  readonly bytes?: number;
}

/** Runs one contender in this process. */
export async function measure(contender: Contender): Promise<Measure> {
  const work = await contender.prepare();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    ...(bytes === undefined ? {} : { bytes }),
  };
}
