import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../../docs/handbook");
const read = (file: string) => readFileSync(join(folder, file), "utf8");

/** A page of the staff handbook (`docs/handbook`), named like its file. */
export interface Chapter {
  id: string;
  title: string;
  text: string;
}

/** The pages in the order of the handbook's own list. */
export const chapters: readonly Chapter[] = [
  ...read("README.md").matchAll(/^\d+\. \[([^\]]+)\]\(([\w-]+)\.md\)$/gm),
].map(([, title = "", id = ""]) => ({ id, title, text: read(`${id}.md`) }));

/** Where a page of the handbook stands; the list of all of them for a screen that has none. */
export const helpPath = (chapter: string | undefined): string =>
  chapter === undefined ? "/help" : `/help/${chapter}`;
