import type { Request } from "express";
import {
  type Actor,
  holds,
  type Right,
  rightTitles,
  terminalRegistered,
} from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { Problem } from "#src/platform/problem.ts";
import { showMoment } from "../dates.ts";

/** Address of the terminal as it is registered: an IPv4 address in its plain form. */
export function addressOf(request: Request): string {
  return (request.ip ?? "").replace(/^::ffff:/, "");
}

const rememberedFor = 10_000;

/** Remembers for ten seconds which terminals are registered, so that not every file asks the database. */
export function terminalGate(platform: Platform): (address: string) => Promise<boolean> {
  const known = new Map<string, { until: number; registered: boolean }>();
  return async (address) => {
    const found = known.get(address);
    if (found && found.until > Date.now()) return found.registered;
    const registered = await terminalRegistered(platform, address);
    if (known.size > 10_000) known.clear();
    known.set(address, { until: Date.now() + rememberedFor, registered });
    return registered;
  };
}

/** Refuses whoever does not hold the right, and says which one is missing. */
export function requireRight(actor: Actor, right: Right, program: string | undefined): void {
  if (holds(actor, right, { program })) return;
  if (actor.limitedUntil) {
    throw new Problem({
      status: 403,
      message: "サインインの再設定の後は、しばらくの間この操作を行えません。",
      details: [
        `${showMoment(actor.limitedUntil)}までの制限です。急ぐ仕事は、ほかの職員に引き継いでください。`,
        "再設定に心当たりがないときは、すぐに権限承認者へ連絡してください。",
      ],
    });
  }
  throw new Problem({
    status: 403,
    message: "この操作を行う権限がありません。",
    lacks: right,
    details: [
      `必要な権限: 「${rightTitles[right]}」`,
      "業務で必要な場合は、所属の権限申請担当者に申請を依頼してください。",
    ],
  });
}
