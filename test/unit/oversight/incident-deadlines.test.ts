import { describe, expect, test } from "vitest";
import { isDayOff } from "#workflows/dates/days-off.ts";
import { reportDeadlines } from "#workflows/oversight/incident-deadlines.ts";

describe("漏えい等の報告の期限", () => {
  test("は、知った日を1日目として、速報5日、確報30日、不正の目的のおそれがあれば60日", () => {
    expect(reportDeadlines({ knownOn: "2026-11-18", malicious: false })).toEqual({
      preliminary: "2026-11-22",
      final: "2026-12-17",
    });
    expect(reportDeadlines({ knownOn: "2026-10-05", malicious: true }).final).toBe("2026-12-03");
  });

  test("は、確報の期限が土日、祝日、年末年始に当たれば次の開庁日になる", () => {
    // 30日目は令和8年12月31日、次の開庁日は令和9年1月4日（月）。
    expect(reportDeadlines({ knownOn: "2026-12-02", malicious: false }).final).toBe("2027-01-04");
    // 30日目は令和8年11月23日（勤労感謝の日）。
    expect(reportDeadlines({ knownOn: "2026-10-25", malicious: false }).final).toBe("2026-11-24");
  });
});

test("閉庁日は、土日、祝日と振替休日、12月29日から1月3日まで", () => {
  for (const day of [
    "2026-11-21",
    "2026-11-22",
    "2026-11-23",
    "2026-12-29",
    "2027-01-03",
    "2026-05-06",
    "2026-09-22",
  ] as const)
    expect(isDayOff(day), day).toBe(true);
  for (const day of ["2026-11-20", "2026-11-24", "2026-12-28", "2027-01-04"] as const)
    expect(isDayOff(day), day).toBe(false);
});
