import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf, inventedApplication, numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { formOf } from "#test/support/form-of.ts";

const city = await openTestPlatform();
const { family, open, step } = counterOf(city);
const app = openTestApp(city);
const list = "/child-medical/cases";

/** Entered by clerk1, its documents not yet seen. */
async function entered(): Promise<string> {
  const { id: caseId } = await open("clerk1", await family());
  const identified = await step(
    "clerk1",
    "recordIdentity",
    { caseId, revision: 1 },
    { input: numberCard },
  );
  await step("clerk1", "enter", identified, { input: inventedApplication });
  return caseId;
}
const cases: string[] = [];
for (let n = 0; n < 4; n++) cases.push(await entered());
const [first = "", second = "", third = "", fourth = ""] = cases;

/** Sees the documents on their page and sends the case on in the same go; gives the case that is offered next. */
async function sendOn(clerk: Awaited<ReturnType<typeof app.visitor>>, caseId: string) {
  const page = `${list}/${caseId}/documents`;
  const form = formOf((await clerk.get(page)).text, page);
  const { headers } = await clerk.post(page, {
    ...form,
    "insurance-proof": "seen",
    "account-proof": "seen",
    ["then" as string]: "submit",
  });
  return new URL(`http://x${headers.location}`).searchParams.get("next");
}

test("一覧から来れば、別画面の手続きの後も、その一覧の並びで次へ進む", async () => {
  const clerk = await app.visitor("clerk1");
  await clerk.get(`${list}?state=received&sort=number&descending=yes`);
  expect(await sendOn(clerk, third)).toBe(second);
});

test("一覧を絞っていれば、絞った中の次へ進み、ホームに戻ればホームの並びに戻る", async () => {
  const clerk = await app.visitor("clerk1");
  await clerk.post(`${list}/${fourth}/assignment`, { to: "me" });
  await clerk.post(`${list}/${first}/assignment`, { to: "me" });
  await clerk.get(`${list}?sort=number&assigned=me`);
  expect(await sendOn(clerk, first)).toBe(fourth);
  await clerk.get("/");
  expect(await sendOn(clerk, fourth)).toBe(second);
});
