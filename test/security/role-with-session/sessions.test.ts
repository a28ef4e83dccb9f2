import { describe, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { addressOf, cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin } = city;

describe("セッション", () => {
  const session = (who: TestStaff, change: string) =>
    admin.unsafe(
      `update access.session set ${change} where ended_at is null and staff_id = (select id from access.staff where login_name = '${who}')`,
    );

  test("は、放置されたもの、ロックされたもの、期限の切れた職員のものでは、何も読めない", async () => {
    const look = addressOf(openNumber);
    const staff = (change: string) =>
      admin.unsafe(`update access.staff set ${change} where login_name = 'clerk2'`);
    expect(await as("clerk2", look)).toBeDefined();
    for (const [close, reopen] of [
      ["last_seen_at = now() - interval '16 minutes'", "last_seen_at = now()"],
      ["locked_at = now()", "locked_at = null"],
    ] as const) {
      await session("clerk2", close);
      await expect(as("clerk2", look), close).rejects.toMatchObject(denied);
      await session("clerk2", reopen);
    }
    await staff("valid_to = '2026-01-01'");
    await expect(as("clerk2", look)).rejects.toMatchObject(denied);
    await staff("valid_to = null");
    expect(await as("clerk2", look)).toBeDefined();
  });
});
