import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** A family of a package of fonts cut into slices, as pages use it. */
interface Family {
  name: string;
  package: string;
  /** Style sheets of the package, and what a terminal that has the font itself calls it there. */
  sheets: Readonly<Record<string, readonly string[]>>;
}

const families: readonly Family[] = [
  {
    name: "BIZ UDGothic",
    package: "@fontsource/biz-udgothic",
    sheets: {
      "400.css": ["BIZ UDGothic", "BIZUDGothic-Regular"],
      "700.css": ["BIZ UDGothic Bold", "BIZUDGothic-Bold"],
    },
  },
  // For what BIZ UDGothic has not: kanji of the extensions, compatibility forms.
  {
    name: "Rare kanji",
    package: "@fontsource-variable/noto-sans-jp",
    sheets: { "index.css": [] },
  },
];

const face =
  /@font-face \{[^}]*?font-weight: (?<weight>[^;]+);\s*src: url\(\.\/files\/(?<file>[\w-]+\.woff2)\) format\('(?<format>[\w-]+)'\)[^}]*?unicode-range: (?<range>[^;]+);/g;

const files = new Map<string, string>();

/**
 * Style sheet of all faces. A font is cut into slices by how often their characters are read, and a browser loads those
 * that stand on the page, once; a terminal that has the font (Windows since 2018) loads none.
 */
export const fontFaces: string = families.flatMap(facesOf).join("\n");

/** Where the file of a slice lies; `undefined` where there is none of that name. */
export const fontFile = (name: string): string | undefined => files.get(name);

function facesOf(family: Family): string[] {
  const manifest = resolve(`${family.package}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return Object.entries(family.sheets).flatMap(([sheet, local]) => {
    const text = readFileSync(join(dirname(manifest), sheet), "utf8");
    return [...text.matchAll(face)].flatMap(({ groups }) => {
      const { weight, file, format, range } = groups as Record<string, string>;
      if (!file || !range) return [];
      files.set(file, join(dirname(manifest), "files", file));
      const sources = [
        ...local.map((name) => `local("${name}")`),
        `url("/assets/fonts/${file}?v=${version}") format("${format}")`,
      ];
      return `@font-face{font-family:"${family.name}";src:${sources.join(",")};font-weight:${weight};font-display:swap;unicode-range:${range}}`;
    });
  });
}
