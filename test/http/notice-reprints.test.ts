import { beforeAll, expect, test } from "vitest";
import { keepExtraction } from "#src/programs/vaccination/targets/extractions.ts";
import { noticesOf } from "#src/programs/vaccination/targets/notices.ts";
import { printExtraction } from "#src/programs/vaccination/targets/order.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";

const city = await openTestPlatform();
const app = openTestApp(city);

let contractor: number;
const numbers: string[] = [];
beforeAll(async () => {
  const mail = await mailingsOf(city);
  contractor = mail.contractorId;
  const born = "2017-01-15" as const;
  const [child = ""] = await mail.enter([
    invented({ birthDate: born, residence: { from: born, fromReason: "birth" } }),
  ]);
  const on = city.platform.clock.today();
  for (const output of ["letter", "postcard"] as const) {
    const kept = await mail.as("operator1", (work) =>
      keepExtraction(work, {
        criteria: {
          vaccines: ["je2"],
          ahead: 0,
          cohort: { kind: "births", from: born, to: born },
        },
        output,
        on,
        title: "試験",
        definitionId: null,
      }),
    );
    await mail.as("operator1", (work) => printExtraction(work, kept.id, [child]));
  }
  const all = await mail.as("operator1", (work) => noticesOf(work, child));
  for (const output of ["letter", "postcard"] as const)
    numbers.push(all.find((one) => one.output === output)?.number ?? "");
});

test("窓口で印刷した通知とはがきは、画面から理由を選んで再印刷でき、回数が残る", async () => {
  const clerk = await app.visitor("clerk1");
  for (const number of numbers) {
    const path = `/vaccination/notices/${number}`;
    expect((await clerk.get(path)).text).toContain("1 回");
    const without = await clerk.post(`${path}/reprint`, {});
    expect(without.status).toBe(422);
    expect(without.text).toContain("理由を選んでください。");
    expect((await clerk.post(`${path}/reprint`, { reason: "spoilt" })).status).toBe(200);
    const after = (await clerk.get(path)).text;
    expect(after).toContain("2 回");
    expect(after).toContain("汚損・印字不良");
  }
  expect((await clerk.get("/vaccination/notices/0000000000")).status).toBe(404);
  // Who looks at nobody of 予防接種 is not shown it.
  expect(
    (await (await app.visitor("auditor1")).get(`/vaccination/notices/${numbers[0]}`)).status,
  ).toBe(403);
});

test("再印刷の便は、通知とはがきを別々に、番号か損紙から始める", async () => {
  const operator = await app.visitor("operator1");
  const [letter = "", postcard = ""] = numbers;
  const path = "/vaccination/letter-reprints/new";
  const order = { contractor: String(contractor), printBy: "R8.12.10", sendOn: "R8.12.12" };
  for (const [entered, mistake] of [
    [{ reason: "lost" }, "整理番号を入力するか、損紙をすべて入れてください。"],
    [{ reason: "lost", spoilt: "yes" }, "処理していない個別通知の損紙はありません。"],
    [{ reason: "lost", numbers: postcard }, "再印刷できる個別通知ではありません"],
    [{ numbers: letter }, "理由を選んでください。"],
  ] as const) {
    const { status, text } = await operator.post(path, { ...order, ...entered });
    expect([status, text.includes(mistake)], mistake).toEqual([422, true]);
  }
  const begun = await operator.post(path, { ...order, reason: "lost", numbers: letter });
  expect(begun.status).toBe(303);
  expect((await operator.get(begun.headers.location ?? "")).text).toContain(letter);
  // Whoever orders the same once more is told so first.
  const twice = await operator.post(path, { ...order, reason: "lost", numbers: letter });
  expect(twice.text).toContain("それでも始める理由");
});
