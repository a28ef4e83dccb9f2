import { PNG } from "pngjs";
import { expect } from "vitest";
import type { openTestApp } from "./app.ts";
import type { TestStaff } from "./database.ts";

/** A seal of one colour, so that each one is another file. */
export function seal(shade: number, side = 200): string {
  const image = new PNG({ width: side, height: side });
  image.data.fill(shade);
  return PNG.sync.write(image).toString("base64");
}

export const settingIssuer = { issuerTitle: "見本市長", issuerName: "見本　花子" };

/** The part that the first words of 認定通知書 are. */
export const intro = "wording.letters/approval.intro";

/** 帳票の設定 as two people make them on their screens. */
export function formSettingsOf({ visitor }: Pick<ReturnType<typeof openTestApp>, "visitor">) {
  /** Somebody proposes, and the page of the proposal answers. */
  async function propose(program: string, fields: Record<string, string>) {
    const preparer = await visitor("scheme1");
    await preparer.get(`/form-settings/${program}/new`);
    const sent = await preparer.post(`/form-settings/${program}/new`, {
      ...settingIssuer,
      validFrom: "R8.11.20",
      ...fields,
    });
    return { preparer, sent, path: String(sent.headers.location ?? "") };
  }

  async function decide(
    path: string,
    fields: Record<string, string>,
    who: TestStaff = "supervisor1",
  ) {
    const approver = await visitor(who);
    await approver.get(path);
    return approver.post(`${path}/decision`, fields);
  }

  const approve = (path: string, who?: TestStaff) => decide(path, { event: "approve" }, who);
  const remand = (path: string, reason: string) => decide(path, { event: "remand", reason });

  /** Proposed and approved; gives its number. */
  async function inForce(program: string, fields: Record<string, string>): Promise<number> {
    const { path } = await propose(program, fields);
    expect((await approve(path)).status).toBe(303);
    return Number(path.split("/").at(-1));
  }

  return { propose, approve, remand, inForce };
}
