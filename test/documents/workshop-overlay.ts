import type { Form } from "#forms/index.ts";
import { envelopeWindow } from "#forms/language/letter.ts";
import { A4 } from "#forms/language/shapes.ts";

/** Printers need so much white at the edge, millimetres. */
const SAFE = 5;
const LEAF = 100;

/** Millimetre rulers at the edges, safe margins, folds and the window of the envelope, as an SVG over a page. */
export function overlay({ size }: Form<unknown>, data: unknown): string {
  const { width, height } = size;
  const tick = (place: number) => (place % 50 === 0 ? 4 : place % 10 === 0 ? 3 : 1.2);
  const across = Array.from({ length: Math.floor(width) }, (_, x) => `M${x} 0v${tick(x)}`).join("");
  const down = Array.from({ length: Math.floor(height) }, (_, y) => `M0 ${y}h${tick(y)}`).join("");
  const numbers = (length: number, label: (place: number) => string) =>
    Array.from({ length: Math.floor(length / 10) }, (_, ten) => label(ten * 10)).join("");
  const labels =
    numbers(width, (x) => `<text x="${x + 0.5}" y="5.5">${x}</text>`) +
    numbers(height, (y) => `<text x="3.4" y="${y + 1}">${y}</text>`);
  return `<svg viewBox="0 0 ${width} ${height}"><path class="ruler" d="${across}${down}"/>${labels}
<rect class="safe" x="${SAFE}" y="${SAFE}" width="${width - 2 * SAFE}" height="${height - 2 * SAFE}"/>${folds(size, data)}</svg>`;
}

function folds({ width, height }: Form<unknown>["size"], data: unknown): string {
  const goesByPost = typeof data === "object" && data !== null && "to" in data;
  if (!goesByPost) return "";
  if (height !== A4.height)
    return `<path class="fold" d="${Array.from({ length: width / LEAF - 1 }, (_, leaf) => `M${(leaf + 1) * LEAF} 0V${height}`).join("")}"/>`;
  const { x, y, width: wide, height: high } = envelopeWindow;
  return `<rect class="window" x="${x}" y="${y}" width="${wide}" height="${high}" rx="2"/><path class="fold" d="M0 99H${width}M0 198H${width}"/>`;
}
