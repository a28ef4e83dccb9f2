import { readFileSync } from "node:fs";

/** What a piece of work took. */
export interface Taken<T> {
  readonly seconds: number;
  /** Of this process, its threads, and the database server. */
  readonly cpu: number;
  /** Most memory of this process during the work. */
  readonly megabytes: number;
  readonly result: T;
}

/** Measures work of this process on the server whose first process is given. */
export async function taken<T>(server: number, work: () => Promise<T>): Promise<Taken<T>> {
  let highest = process.memoryUsage.rss();
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 50);
  const [start, own, others] = [performance.now(), process.cpuUsage(), cpuOfTree(server)];
  try {
    const result = await work();
    const { user, system } = process.cpuUsage(own);
    return {
      seconds: (performance.now() - start) / 1000,
      cpu: (user + system) / 1e6 + cpuOfTree(server) - others,
      megabytes: highest / 1e6,
      result,
    };
  } finally {
    clearInterval(watch);
  }
}

/** Seconds of CPU of a process, its children and those that have ended; Linux alone tells. */
export function cpuOfTree(pid: number): number {
  const text = textOf(`/proc/${pid}/stat`);
  // utime, stime, cutime, cstime: 14 to 17, counted from behind the name, in hundredths of a second.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  return childrenOf(pid).reduce((sum, child) => sum + cpuOfTree(child), own || 0);
}

/** Megabytes that a process and its children hold in memory of their own (not shared with others). */
export function memoryOfTree(pid: number): number {
  const lines = textOf(`/proc/${pid}/smaps_rollup`);
  const kilobytes = [...lines.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)];
  const own = kilobytes.reduce((sum, [, text]) => sum + Number(text), 0) / 1000;
  return childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), own);
}

function childrenOf(pid: number): number[] {
  const found = textOf(`/proc/${pid}/task/${pid}/children`);
  return found.split(" ").filter(Boolean).map(Number);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
