/** A value as text, for hashing: neither the order of its keys nor what is undefined makes two equal values look different. */
export const canonical = (value: unknown): string => JSON.stringify(sortedEntries(value));

function sortedEntries(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sortedEntries(inner)]);
}
