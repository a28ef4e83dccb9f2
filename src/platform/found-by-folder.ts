import { readdir } from "node:fs/promises";

const workflows = new URL("../../workflows/", import.meta.url);

/** The modules `workflows/<folder>/<name>.ts` and `<name>-<part>.ts` of all folders, by folder: a 事務 is found by its folder. */
export async function modulesNamed<T>(name: string): Promise<T[]> {
  const files = await readdir(workflows, { recursive: true });
  const named = new RegExp(`^[^/]+/${name}(-[^/]+)?\\.ts$`);
  const found = files.filter((file) => named.test(file)).sort();
  return Promise.all(found.map((file) => import(new URL(file, workflows).href)));
}
