/** What Node is told, before the path, to start one of our programs: `spawn(process.execPath, [...quickly, path])`. */
export const quickly: readonly string[] = [
  "--import",
  new URL("../../src/load.ts", import.meta.url).href,
];
