import { office } from "#db/schema/access.ts";
import type { Work } from "#src/platform/work.ts";
import { listPersonLists } from "../../targets/person-lists.ts";
import { targetVaccines } from "../../targets/vaccines.ts";
import type { Choices } from "./search-form.tsx";

/** What an extraction chooses from: vaccines of today, offices, lists that were handed in. */
export const choicesOn = async (work: Work): Promise<Choices> => ({
  vaccines: await targetVaccines(work, work.platform.clock.today()),
  offices: await work.tx
    .select({ code: office.code, name: office.name })
    .from(office)
    .orderBy(office.code),
  lists: await listPersonLists(work),
});
