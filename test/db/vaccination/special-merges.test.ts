import { expect, test } from "vitest";
import {
  linesAfter,
  mergesOf,
  moveMerge,
  previewMerge,
  proposeMerge,
  proposeUnmerge,
} from "#src/platform/merges/index.ts";
import {
  getSubjectRequest,
  moveSubjectRequest,
  openSubjectRequest,
} from "#src/platform/oversight/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  enterExemption,
  moveExemption,
} from "#src/programs/vaccination/exemptions/applications.ts";
import { exemptionOn } from "#src/programs/vaccination/exemptions/index.ts";
import { issueCertificate } from "#src/programs/vaccination/exemptions/papers.ts";
import { heldOfExemptions } from "#src/programs/vaccination/screens/exemptions/held.ts";
import { heldOfSpecial } from "#src/programs/vaccination/screens/special/held.ts";
import { enterSpecial } from "#src/programs/vaccination/special/entries.ts";
import { specialOn } from "#src/programs/vaccination/special/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { setExemptionTerms } from "#test/support/exemptions.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";

const home = await openTestPlatform();
const { as } = recordsOf(home);
const day = "2026-11-20";

/** Without 個人番号, so that nothing stands against a merge. */
const old = () => {
  const { individualNumber: _, ...record } = invented({
    birthDate: "1950-05-10",
    residence: { from: "1990-04-01", fromReason: "move-in" },
  });
  return { record };
};

/** What a request about a person's own data is answered with. */
async function toldOfRequest(personNumber: string): Promise<string[]> {
  const privacy = async <T>(run: (work: Work) => Promise<T>) =>
    runWork(home.platform, await home.actor("privacy1"), { purpose: "inquiry" }, run);
  const today = home.platform.clock.today();
  const id = await privacy((work) =>
    openSubjectRequest(work, {
      kind: "disclosure",
      personNumber,
      birthDate: "1950-05-10",
      asker: "self",
      method: "number-card",
      documents: [],
      mandateSeen: false,
      receivedOn: today,
      program: null,
    }),
  );
  await privacy(async (work) =>
    moveSubjectRequest(work, await getSubjectRequest(work, id), {
      event: "investigate",
      doneOn: today,
      said: "記録を調べます。",
      proposed: { outcome: undefined, reason: undefined, withheld: {} },
    }),
  );
  return privacy(async (work) => [
    ...(await heldOfSpecial(work, id)),
    ...(await heldOfExemptions(work, id)),
  ]);
}

test("特例と減免は統合した番号の方のものになり、分離すると元の番号に戻る", async () => {
  await setExemptionTerms(home);
  const [merged = "", canonical = ""] = await as("system", (work) =>
    writePeople(work, [old(), old()]),
  );
  await as("clerk1", (work) =>
    enterSpecial(work, {
      personNumber: merged,
      kind: "disaster",
      reason: "evacuee",
      evidence: "disaster-certificate",
      evidenceOn: day,
      validFrom: "2026-11-01",
      validUntil: undefined,
      hindranceFrom: undefined,
      hindranceTo: undefined,
      vaccines: [],
      dueOn: undefined,
      words: {},
    }),
  );
  const id = await as("clerk1", (work) =>
    enterExemption(work, {
      personNumber: merged,
      receivedOn: "2026-11-10",
      applicant: "self",
      ground: "welfare",
      vaccines: ["flu"],
      evidence: "welfare-certificate",
      evidenceOn: "2026-11-10",
      words: {},
    }),
  );
  await as("clerk1", (work) => moveExemption(work, { id, seen: 1, type: "examine" }));
  await as("clerk1", (work) => moveExemption(work, { id, seen: 2, type: "proposeGrant" }));
  await as("supervisor1", (work) => moveExemption(work, { id, seen: 3, type: "grant" }));
  await as("clerk1", (work) => issueCertificate(work, { id, seen: 4, type: "issue" }));
  const answers = () =>
    as("clerk1", async (work) => [
      (await specialOn(work, [canonical], day)).get(canonical)?.disaster === true,
      await exemptionOn(work, canonical, "flu", day),
    ]);
  expect(await answers()).toEqual([false, false]);

  const preview = await as("supervisor1", (work) => previewMerge(work, merged, canonical));
  expect(JSON.stringify(preview)).toContain("exemption-certificate");
  await as("clerk1", (work) =>
    proposeMerge(work, {
      merged,
      canonical,
      ground: "same-person",
      reason: "戸籍で同じ方と確かめた",
    }),
  );
  const latest = async () => {
    const [first] = await as("supervisor1", (work) => mergesOf(work, merged));
    if (!first) throw new Error("no merge");
    return first;
  };
  const one = await latest();
  await as("supervisor1", (work) => moveMerge(work, one, "approve"));
  expect(await answers()).toEqual([true, true]);
  const told = (await toldOfRequest(canonical)).join("\n");
  expect(told).toContain("震災特例（避難している）");
  expect(told).toContain("無料（減免）対象者確認証 0000000018　生活保護を受けている");
  expect(told).toContain("自己負担減免の申請 G000001");
  const keeps = await home.admin.begin(async (sql) => {
    await sql`select set_config('app.business_date', ${day}, true)`;
    return sql<{ open: boolean }[]>`
      select open from keeping.use_of_exemptions where person_number = ${merged} union all
      select open from keeping.use_of_special where person_number = ${merged}`;
  });
  expect(keeps.map(({ open }) => open).toSorted()).toEqual([false, true, true]);

  const again = await latest();
  await as("supervisor1", async (work) => {
    const lines = await linesAfter(work, again);
    await proposeUnmerge(work, again, {
      lines,
      belongs: lines.map(({ personNumber }) => personNumber),
      reason: "別の方と分かった",
    });
  });
  const last = await latest();
  await as("supervisor2", (work) => moveMerge(work, last, "approve-unmerge"));
  expect(await answers()).toEqual([false, false]);
  expect(await as("clerk1", (work) => exemptionOn(work, merged, "flu", day))).toBe(true);
});
