import axe from "axe-core";
import type { Page } from "playwright-core";

/** A page gets axe once, whose judgement of contrast reads each colour once: most of its time went into reading them again for every piece of text. */
const axeOnce = `if (!window.axe) {
  ${axe.source}
  const colour = window.axe.commons.color.Color.prototype;
  const parse = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    const { r, g, b, alpha } = known.get(text) ?? parse.call(this, text);
    known.set(text, { r, g, b, alpha });
    return Object.assign(this, { r, g, b, alpha });
  };
}`;

/** What was found sound before, on any page: kinds of pages, of what stands on them, and of text by its contrast. */
const sound = new Set<string>();

/**
 * What of the page is still to be judged: the whole of it where no page of its kind was; else the smallest parts of it that
 * stand nowhere built alike, and text whose contrast was not judged. Parts are built alike that differ only in their texts,
 * numbers and values, and in how often something stands there; text is alike of the same colour, size and weight, on the
 * same grounds. What is positioned may lie on something else: of a new part, it is judged each time.
 */
const toJudge = `(sound) => {
  const digest = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let n = 0; n < text.length; n++) {
      const code = text.charCodeAt(n);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };
  const plain = (text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+/g, "0");
  const varies = /^(value|href|action|title|datetime|aria-current|data-.*|hx-.*)$/;
  const ownText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shapes = new Map();
  const shapeOf = (element) => {
    const known = shapes.get(element);
    if (known) return known;
    const attributes = [...element.attributes]
      .map(({ name, value }) => name + "=" + (varies.test(name) ? Boolean(value) : plain(value)));
    const own = [element.tagName, ...attributes.sort(), ownText(element)].join(" ");
    const inner = [...element.children].map(shapeOf);
    const shape = {
      own,
      // With what stands right in it, and with all.
      beside: digest([own, ...new Set(inner.map((one) => one.own))].join("/")),
      whole: digest([own, ...new Set(inner.map((one) => one.whole))].join("/")),
    };
    shapes.set(element, shape);
    return shape;
  };
  const unseen = (element) => {
    const { beside, whole } = shapeOf(element);
    if (sound.has(whole)) return [];
    const parts = [...element.children].flatMap(unseen);
    return sound.has(beside) ? parts : [element];
  };
  const page = "page " + plain(location.pathname);
  const structure = sound.has(page) ? unseen(document.body) : [document.body];

  const looks = new Map();
  const lookAt = (element) => {
    if (!element) return { grounds: "", positioned: false };
    const before = looks.get(element);
    if (before) return before;
    const style = getComputedStyle(element);
    const parent = lookAt(element.parentElement);
    const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(" ");
    const found = {
      style,
      grounds: own === "rgba(0, 0, 0, 0) none 1 none" ? parent.grounds : parent.grounds + "|" + own,
      positioned: parent.positioned || ["absolute", "fixed"].includes(style.position),
    };
    looks.set(element, found);
    return found;
  };
  const textKind = (element) => {
    const { style, grounds } = lookAt(element);
    return "text " + [style.color, style.fontSize, style.fontWeight, style.textShadow, grounds].join(" ");
  };
  const isText = (element) => ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName) || ownText(element);
  const isNew = (element) => structure.some((part) => part.contains(element));
  const texts = [...document.body.querySelectorAll("*")].filter((one) =>
    isText(one) && (lookAt(one).positioned ? isNew(one) : !sound.has(textKind(one))));
  return {
    structure: sound.has(page) ? structure : [document],
    texts,
    kinds: () => [page, ...structure.flatMap((part) =>
      [part, ...part.querySelectorAll("*")].flatMap((one) => [shapeOf(one).beside, shapeOf(one).whole]))],
    textKinds: (elements) => elements.filter((one) => !lookAt(one).positioned).map(textKind),
  };
}`;

/** What axe finds in what is still to be judged, and the kinds that are sound from now on. */
const judge = `async ({ structure, texts, kinds, textKinds }) => {
  const run = (include, options) => include.length === 0
    ? { violations: [], passes: [] }
    : window.axe.run(include[0] === document ? document : { include }, { elementRef: true, ...options });
  const found = await run(structure, {
    resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
  const contrast = await run(texts, {
    runOnly: ["color-contrast"], resultTypes: ["violations", "passes"] });
  const passed = contrast.passes.flatMap(({ nodes }) => nodes.map(({ element }) => element));
  return {
    findings: [...found.violations, ...contrast.violations].flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => id + ": " + help + " — " + target.join(" "))),
    sound: [...new Set([...(found.violations.length === 0 ? kinds() : []), ...textKinds(passed)])],
  };
}`;

/** What axe finds on the page, one line each; empty when all is well. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const known = `new Set(${JSON.stringify([...sound])})`;
  const open: boolean = await page.evaluate(`(() => {
    window.toJudge = (${toJudge})(${known});
    return window.toJudge.structure.length + window.toJudge.texts.length > 0;
  })()`);
  if (!open) return [];
  await page.evaluate(axeOnce);
  const judged: { findings: string[]; sound: string[] } = await page.evaluate(
    `(${judge})(window.toJudge)`,
  );
  for (const kind of judged.sound) sound.add(kind);
  return judged.findings;
}
