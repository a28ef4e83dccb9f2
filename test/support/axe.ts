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

/** What axe finds on the page, one line each; empty when all is well. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Legacy mode runs in the page itself: no second page for each look, and no frames of others here.
  const { violations } = await new AxeBuilder({ page, axeSource: axeOnce })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.target.join(" ")}`),
  );
}
