import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptFaults } from "#workflows/receipts/faults.ts";

const { admin } = await openTestPlatform();

test("点検の結果の重さと承認の要否は、データベースでも同じ", async () => {
  const told = await admin<{ code: string; level: string; second: boolean }[]>`
    select c as code, k.level, k.second from unnest(${Object.keys(receiptFaults)}::text[]) c cross join lateral receipts.fault_kind(c) k`;
  expect(told.map((one) => ({ ...one }))).toEqual(
    Object.entries(receiptFaults).map(([code, kind]) => ({
      code,
      level: kind.level,
      second: "second" in kind,
    })),
  );
});
