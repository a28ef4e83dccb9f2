import { readdir } from "node:fs/promises";
import { type Form, templateName } from "./language/form.ts";

const folder = new URL("./", import.meta.url);

/** All forms in all versions ever used: what each `forms/<folder>/index.ts` exports as `forms`, by folder. */
export const forms: readonly Form<unknown>[] = await formsOfAllFolders();

/** The form that a paper names, such as `vaccination/coupon v1`; throws a RangeError when there never was one. */
export function formOf(template: string): Form<unknown> {
  const form = forms.find((one) => templateName(one) === template);
  if (!form) throw new RangeError(`no form ${template}`);
  return form;
}

async function formsOfAllFolders(): Promise<Form<unknown>[]> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /^[^/]+\/index\.ts$/.test(name)).sort();
  const modules: { forms: readonly Form<unknown>[] }[] = await Promise.all(
    files.map((name) => import(new URL(name, folder).href)),
  );
  return modules.flatMap((one) => one.forms);
}
