import { createHash } from "node:crypto";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { encodeCp932 } from "#src/formats/cp932/encode.ts";
import { registerContractor } from "#src/platform/mailings/index.ts";
import type { Work } from "#src/platform/work.ts";
import { handOver } from "#src/programs/vaccination/punched-files/handovers.ts";
import { type PunchedItem, punchedItems } from "#src/programs/vaccination/punched-files/items.ts";
import { figuresOf } from "#src/programs/vaccination/punched-files/lists.ts";
import { judgeFile, takeFile } from "#src/programs/vaccination/punched-files/lots.ts";
import { getFile, moveFile } from "#src/programs/vaccination/punched-files/move.ts";
import { receivePunched } from "#src/programs/vaccination/punched-files/receive.ts";
import { makeKey, presentKey } from "#src/programs/vaccination/punched-files/transit-keys.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { recordsOf } from "./vaccination-records.ts";

/** A row of our own layout: values as they stand there, by item. */
export type PunchedLine = Readonly<Partial<Record<PunchedItem, string>>>;

/** A first dose of 小児用肺炎球菌 on the first day on which a child of 2026-05-10 may have it. */
export const line = (given: PunchedLine = {}): PunchedLine => ({
  outcome: "1",
  vaccine: "pcv",
  dose: "1",
  givenOn: "20260710",
  ...given,
});

const items = Object.keys(punchedItems) as PunchedItem[];

/** The bytes of a file of our own layout, before it is encrypted. */
export function plainFile(
  lines: readonly PunchedLine[],
  given: {
    orderNumber?: string;
    encoding?: "utf-8" | "shift_jis";
    rows?: number;
    checksum?: string;
    headings?: readonly string[];
  } = {},
): Uint8Array {
  const headings = given.headings ?? items.map((item) => punchedItems[item].title);
  const table = [headings, ...lines.map((one) => items.map((item) => one[item] ?? ""))];
  return fileOf(
    table.map((fields) => fields.join(",")),
    { rows: lines.length, ...given },
  );
}

/** The same of lines as they stand. */
export function fileOf(
  table: readonly string[],
  given: {
    orderNumber?: string;
    encoding?: "utf-8" | "shift_jis";
    rows?: number;
    checksum?: string;
  } = {},
): Uint8Array {
  const text = `${table.join("\r\n")}\r\n`;
  const body = given.encoding === "shift_jis" ? encodeCp932(text) : new TextEncoder().encode(text);
  if (!body) throw new Error("a character that Shift_JIS does not have");
  const sum = given.checksum ?? createHash("sha256").update(body).digest("hex");
  const head = `HD,1,MIHON,${given.orderNumber ?? "R8-001"},${given.rows ?? table.length - 1},${sum}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Punched files of a contractor in a test. */
export function punchedOf(test: TestPlatform) {
  const records = recordsOf(test);
  const as = <T>(who: TestStaff | "system", run: (work: Work) => Promise<T>) =>
    records.as(who, run);

  /** A contractor, the city's key and an order with so many slips; what an earlier call of the test made is used again. */
  let made: Promise<{ contractorId: number; identity: string }> | undefined;
  const contractor = () => {
    made ??= (async () => {
      const identity = await generateX25519Identity();
      const publicKey = await identityToRecipient(identity);
      const contractorId = await as("scheme1", (work) =>
        registerContractor(work, {
          name: "見本入力株式会社",
          contractFrom: "2026-04-01",
          contractTo: "2027-03-31",
          publicKey,
        }),
      );
      await as("clerk1", makeKey);
      return { contractorId, identity };
    })();
    return made;
  };
  const order = async (orderNumber: string, slips: number): Promise<string> => {
    const { contractorId } = await contractor();
    return as("clerk1", (work) =>
      handOver(work, {
        contractorId,
        orderNumber,
        slips,
        boxes: 1,
        sentOn: "2026-11-02",
        dueOn: "2026-11-16",
      }),
    );
  };
  const encrypt = async (plain: Uint8Array): Promise<Uint8Array> => {
    const key = await as("clerk1", presentKey);
    const encrypter = new Encrypter();
    encrypter.addRecipient(key?.recipient ?? "");
    return encrypter.encrypt(plain);
  };
  const receive = async (
    handoverId: string,
    bytes: Uint8Array,
    { who = "clerk1" as TestStaff, name = "punch.csv.age" } = {},
  ): Promise<string> =>
    receivePunched(test.platform, await test.actor(who), {
      handoverId,
      name,
      source: pieces(bytes),
    });
  const judge = async (fileId: string) => judgeFile(test.platform, await test.system(), fileId);
  const take = async (fileId: string) => takeFile(test.platform, await test.system(), fileId);
  const state = async (fileId: string) =>
    (await as("clerk1", (work) => getFile(work, fileId))).file.state;
  const approve = (fileId: string, who: TestStaff = "supervisor1") =>
    as(who, (work) => moveFile(work, { id: fileId, type: "approve" }));
  const figures = (fileId: string) => as("clerk1", (work) => figuresOf(work, fileId));
  /** An order, its file received and looked through. */
  const looked = async (lines: readonly PunchedLine[], orderNumber: string) => {
    const handoverId = await order(orderNumber, lines.length);
    const fileId = await receive(handoverId, await encrypt(plainFile(lines, { orderNumber })));
    await judge(fileId);
    return { handoverId, fileId };
  };
  /** The same, approved and taken up. */
  const taken = async (lines: readonly PunchedLine[], orderNumber: string) => {
    const made = await looked(lines, orderNumber);
    await approve(made.fileId);
    await take(made.fileId);
    return made;
  };
  return {
    ...records,
    contractor,
    order,
    encrypt,
    receive,
    judge,
    take,
    state,
    approve,
    figures,
    looked,
    taken,
  };
}

/** As a file comes from a network: small pieces. */
async function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 4000) yield bytes.subarray(at, at + 4000);
}
