import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { importV1 } from "#workflows/feeds/machine.ts";

const { admin } = await openTestPlatform();

test("データベースが許す状態の移り変わりは、流れの定義と同じである", async () => {
  const [found] = await admin<{ text: string }[]>`
    select pg_get_functiondef('feeds.guard_import'::regproc) as text`;
  const guarded = [...(found?.text ?? "").matchAll(/'(\w+>\w+)'/g)].map(([, pair]) => pair);
  const defined = Object.entries(importV1.machine.states).flatMap(([from, node]) =>
    [...node.transitions.values()]
      .flat()
      .flatMap(({ target }) => target?.map(({ key }) => `${from}>${key}`) ?? []),
  );
  expect(guarded.toSorted()).toEqual([...new Set(defined)].toSorted());
});
