import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** A page gets axe once, whose judgement of contrast reads each colour once: most of its time went into reading them again for every piece of text. */
const axeOnce = `if (!window.axe) {
  ${readFileSync("node_modules/axe-core/axe.min.js", "utf8")}
  const colour = window.axe.commons.color.Color.prototype;
  const parse = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    const { r, g, b, alpha } = known.get(text) ?? parse.call(this, text);
    known.set(text, { r, g, b, alpha });
    return Object.assign(this, { r, g, b, alpha });
  };
}`;

/** Kinds of text whose contrast axe found sufficient on a page before. */
const soundText = new Set<string>();

/**
 * Judges the contrast of text of which no kind like it was judged: of the same colour, size and weight, on the same grounds.
 * It takes longer than all other rules together, and pages differ in few of these kinds. What is positioned may lie on
 * something else each time and is judged each time.
 */
const contrastOf = (sound: readonly string[]) => `(async () => {
  const sound = new Set(${JSON.stringify(sound)});
  const seen = new Map();
  const lookAt = (element) => {
    if (!element) return { grounds: "", positioned: false };
    const before = seen.get(element);
    if (before) return before;
    const style = getComputedStyle(element);
    const parent = lookAt(element.parentElement);
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(" ");
    const plain = own === "rgba(0, 0, 0, 0) none 1 none";
    const found = {
      style,
      grounds: plain ? parent.grounds : parent.grounds + "|" + own,
      positioned: parent.positioned || ["absolute", "fixed"].includes(style.position),
    };
    seen.set(element, found);
    return found;
  };
  const kindOf = (element) => {
    const { style, grounds } = lookAt(element);
    return [style.color, style.fontSize, style.fontWeight, style.textShadow, grounds].join(" ");
  };
  const isText = (element) =>
    ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName) ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const include = [...document.body.querySelectorAll("*")].filter(
    (element) => isText(element) && (lookAt(element).positioned || !sound.has(kindOf(element))),
  );
  if (include.length === 0) return { violations: [], passed: [] };
  const { violations, passes } = await window.axe.run({ include }, {
    runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true,
  });
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => ({ id, help, nodes: [{ target }] })));
  const elements = passes.flatMap(({ nodes }) => nodes.map(({ element }) => element));
  return {
    violations: findings,
    passed: [...new Set(elements.filter((one) => !lookAt(one).positioned).map(kindOf))],
  };
})()`;

/** A rule and where it is broken. */
interface Finding {
  id: string;
  help: string;
  nodes: readonly { target: readonly unknown[] }[];
}

/** What axe finds on the page, one line each; empty when all is well. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Legacy mode runs in the page itself: no second page for each look, and no frames of others here.
  const most = await new AxeBuilder({ page, axeSource: axeOnce })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } })
    .analyze();
  const contrast: { violations: Finding[]; passed: string[] } = await page.evaluate(
    contrastOf([...soundText]),
  );
  for (const kind of contrast.passed) soundText.add(kind);
  return [...most.violations, ...contrast.violations].flatMap(({ id, help, nodes }: Finding) =>
    nodes.map((node) => `${id}: ${help} — ${node.target.join(" ")}`),
  );
}
