import { z } from "zod";
import { type EntryPart, requiredText } from "./part.ts";
import { plain } from "./read-text.ts";

const schema = z.strictObject({
  name: requiredText("代理人の氏名"),
  relation: requiredText("代理人と申請者の関係"),
  address: requiredText("代理人の住所"),
});

/** 代理人: who applies in the name of the applicant. */
export type Agent = z.infer<typeof schema>;

export const agentPart: EntryPart<Agent> = {
  name: "agent",
  schema,
  readers: { name: plain, relation: plain, address: plain },
  items: ({ name, relation, address }) => [
    { label: "代理人", value: `${name}（${relation}）${address}` },
  ],
};
