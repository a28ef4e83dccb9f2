import { expect, test } from "vitest";
import { lockSession, SessionMemory } from "#src/platform/access/index.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { admin, platform } = city;
const memory = new SessionMemory<{ text: string }>("test");
const place = async (who: "clerk1" | "clerk2") => ({ platform, actor: await city.actor(who) });

test("覚えたことは、そのセッションだけが15分の間だけ思い出し、古いものは書くときに消える", async () => {
  const [mine, theirs] = [await place("clerk1"), await place("clerk2")];
  await memory.set(mine, { text: "一つ目" }, "A");
  await memory.set(mine, { text: "二つ目" }, "B");
  await memory.set(mine, { text: "書き直し" }, "A");
  expect(await memory.get(mine, "A")).toEqual({ text: "書き直し" });
  expect(await memory.get(theirs, "A")).toBeUndefined();
  expect(await new SessionMemory("other").get(mine, "A")).toBeUndefined();
  await memory.forget(mine, "B");
  expect(await memory.get(mine, "B")).toBeUndefined();

  await admin`update access.session_memory set kept_at = now() - interval '16 minutes'`;
  expect(await memory.get(mine, "A")).toBeUndefined();
  await memory.set(theirs, { text: "別の人" });
  expect(await admin`select from access.session_memory`).toHaveLength(1);
});

test("離席中と終わったセッションでは思い出さず、書き換えられたものや大きすぎるものは覚えていない", async () => {
  const mine = await place("clerk1");
  await memory.set(mine, { text: "残る" });
  await admin`update access.session_memory set sealed = sealed || convert_to('x', 'UTF8')`;
  expect(await memory.get(mine)).toBeUndefined();
  await memory.set(mine, { text: "残る" });
  await memory.set(mine, { text: "長".repeat(30_000) });
  expect(await memory.get(mine)).toBeUndefined();
  await memory.set(mine, { text: "残る" });
  expect(await memory.get(mine)).toEqual({ text: "残る" });
  await lockSession(platform, mine.actor.sessionToken);
  expect(await memory.get(mine)).toBeUndefined();
});
