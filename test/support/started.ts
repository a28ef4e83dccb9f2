/**
 * What Node is told, before the path, to start one of our programs: `spawn(process.execPath, [...quickly, path])`. As tsx
 * would, in less than half of its time.
 */
export const quickly: readonly string[] = [
  "--import",
  new URL("quick-load.ts", import.meta.url).href,
];
