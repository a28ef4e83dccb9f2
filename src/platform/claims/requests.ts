import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { claimRequest } from "#db/schema/claims.ts";
import {
  type Asked,
  type InquiryItem,
  inquiryItems,
  inquiryItemsOf,
  type SupplementItem,
  supplementItems,
} from "#workflows/claims/requests.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Step } from "../cases/index.ts";
import { codesOf, dayField } from "../intake/index.ts";
import { charactersFault } from "../printing/index.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

const words = (name: string, most: number) =>
  z
    .string()
    .trim()
    .max(most, { error: `${name}は${most}文字までです。` })
    .superRefine((text, context) => {
      const fault = charactersFault(text.replaceAll("\n", ""));
      if (fault) context.addIssue({ code: "custom", message: fault });
    });
const filled = (name: string, most: number, example: string) =>
  words(name, most).refine((text) => text !== "", {
    error: `${name}を入力してください。例: ${example}`,
  });
const until = dayField("期限を入力してください。例: R8.12.18");

/** What a claimant is asked for (補正): documents of the list, and what else in own words. */
export const supplementSchema = z
  .strictObject({
    items: z.array(z.enum(codesOf(supplementItems))),
    words: words("そのほかに求めること", 500).optional(),
    until,
  })
  .refine(({ items, words: more }) => items.length > 0 || more, {
    error: "求めることを選ぶか、入力してください。",
    path: ["items"],
  });
export type SupplementRequest = z.output<typeof supplementSchema>;

/** What an institution or an insurer is asked (照会), about which receipts, and where the letter goes. */
export const inquirySchema = z
  .strictObject({
    asked: z.enum(codesOf(inquiryItemsOf), { error: "照会先を選んでください。" }),
    items: z.array(z.enum(codesOf(inquiryItems))),
    receipts: z.array(z.number().int()).min(1, { error: "照会する領収書を選んでください。" }),
    words: words("照会する事項", 500).optional(),
    addressee: filled("宛名", 60, "例示市立総合医療センター 医事課"),
    postalCode: z
      .string()
      .regex(/^\d{7}$/, { error: "郵便番号を7桁の数字で入力してください。例: 8608601" }),
    address: filled("住所", 100, "見本県見本市中央区本町1丁目1番1号"),
    until,
  })
  .refine(({ items, words: more }) => items.length > 0 || more, {
    error: "求めることを選ぶか、入力してください。",
    path: ["items"],
  })
  .refine(({ asked, items }) => items.every((item) => inquiryItemsOf[asked].includes(item)), {
    error: "選んだ照会先に尋ねる項目ではありません。",
    path: ["items"],
  });
export type InquiryRequest = z.output<typeof inquirySchema>;

/** What of a request lies sealed. */
interface SealedRequest {
  words?: string | undefined;
  addressee?: string | undefined;
  postalCode?: string | undefined;
  address?: string | undefined;
}

/** Keeps what a step asked for, as its letter will say it. In the step. */
export async function keepRequest(
  work: Work,
  { found }: Step,
  request: ({ kind: "supplement" } & SupplementRequest) | ({ kind: "inquiry" } & InquiryRequest),
): Promise<void> {
  const { words: more } = request;
  const sealed: SealedRequest =
    request.kind === "supplement"
      ? { words: more }
      : {
          words: more,
          addressee: request.addressee,
          postalCode: request.postalCode,
          address: request.address,
        };
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "claim-request",
    caseId: found.id,
    data: sealed,
  });
  await work.tx.insert(claimRequest).values({
    caseId: found.id,
    kind: request.kind,
    asked: request.kind === "supplement" ? "claimant" : request.asked,
    items: [...request.items],
    receipts: request.kind === "supplement" ? [] : request.receipts,
    dueOn: request.until,
    sealedId,
  });
}

/** A request that a step made. */
export interface ClaimRequest extends SealedRequest {
  revision: number;
  kind: "supplement" | "inquiry";
  asked: "claimant" | Asked;
  items: readonly (SupplementItem | InquiryItem)[];
  receipts: readonly number[];
  dueOn: IsoDate;
}

/** What was asked in the steps of a claim, the oldest first; opened, and that is logged. */
export async function requestsOf(work: Work, caseId: string): Promise<ClaimRequest[]> {
  const rows = await work.tx
    .select()
    .from(claimRequest)
    .where(eq(claimRequest.caseId, caseId))
    .orderBy(asc(claimRequest.revision));
  const opened = new Map(
    (
      await getSealed(
        work,
        rows.map(({ sealedId }) => sealedId),
      )
    ).map(({ id, data }) => [id, data as SealedRequest]),
  );
  return rows.map(({ sealedId, revision, kind, asked, items, receipts, dueOn }) => ({
    ...opened.get(sealedId),
    revision,
    kind,
    asked,
    items: items as ClaimRequest["items"],
    receipts,
    dueOn: dueOn as IsoDate,
  }));
}
