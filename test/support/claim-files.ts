import { encodeCp932 } from "#src/formats/cp932/encode.ts";
import {
  type ClaimRowItem,
  claimLayouts,
  claimRowItems,
  getClaimFile,
  listRows,
  receiveClaimFile,
  takeRows,
} from "#src/platform/claims/index.ts";
import type { RowState } from "#workflows/claims/file-row.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { claimsOf } from "./claims.ts";
import type { TestStaff } from "./database.ts";

/** A row of the standard file: values as they stand there, by item. */
export type FileRow = Readonly<Partial<Record<ClaimRowItem, string>>>;

/** Items in the order of the standard map. */
const items = Object.keys(claimRowItems) as ClaimRowItem[];

/** A clinic outside of the prefecture: 1,000 points, 3,000 yen, on 5 October. */
export const row = (recipient: string, birth: string, given: FileRow = {}): FileRow => ({
  recipient,
  birth: birth.replaceAll("-", ""),
  month: "202610",
  day: "5",
  institutionName: "見本診療所",
  care: "2",
  points: "1000",
  tenths: "7",
  paid: "3000",
  why: "1",
  "document-receipt": "1",
  ...given,
});

/** Files of claims of こども医療費助成 in a test. */
export function claimFilesOf(claims: ReturnType<typeof claimsOf>) {
  const { kind, as } = claims;

  const bytesOf = async (
    rows: readonly FileRow[],
    encoding: "utf-8" | "shift_jis" = "utf-8",
  ): Promise<Uint8Array> => {
    const layout = await as("clerk1", async (work) => (await claimLayouts(work.platform))[0]);
    const headings = layout?.columns.map(({ heading }) => heading) ?? [];
    const order = layout?.columns.map(({ item }) => item as ClaimRowItem) ?? items;
    const lines = [headings, ...rows.map((one) => order.map((item) => one[item] ?? ""))];
    const text = `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
    const bytes = encoding === "utf-8" ? new TextEncoder().encode(text) : encodeCp932(text);
    if (!bytes) throw new Error("a character that Shift_JIS does not have");
    return bytes;
  };

  const receive = (bytes: Uint8Array, who: TestStaff = "clerk1", name = "申請.csv") =>
    as(who, (work) =>
      receiveClaimFile(work, kind, {
        name,
        layout: "claims-1",
        bytes,
        receivedOn: work.platform.clock.today() as IsoDate,
      }),
    );

  const take = (fileId: string, who: TestStaff = "clerk1", within = 60_000) =>
    takeRows((run) => as(who, run), kind, fileId, Date.now() + within);

  /** A file with these rows, taken in as far as it goes. */
  async function taken(rows: readonly FileRow[]): Promise<string> {
    const fileId = await receive(await bytesOf(rows));
    await take(fileId);
    return fileId;
  }

  const file = (fileId: string) => as("clerk1", (work) => getClaimFile(work, kind, fileId));
  const rowsIn = (fileId: string, state: RowState) =>
    as("clerk1", (work) => listRows(work, fileId, { state, page: 1 }));
  const faults = async (fileId: string) =>
    (await rowsIn(fileId, "faulty")).map(({ line, faults: some }) => [
      line,
      ...some.map(({ item, code }) => `${item}:${code}`),
    ]);

  return { bytesOf, receive, take, taken, file, rowsIn, faults };
}
