/** Marks of an axis from 0 that reaches a value, at round steps of 1, 2 or 5 times a power of ten; the last is the top. */
export function marksUpTo(most: number, atMost = 5): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / atMost;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10));
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
}
