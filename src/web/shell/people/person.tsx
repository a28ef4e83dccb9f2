import { keepReason } from "#src/platform/vault/index.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { personOfPath, personPath } from "../../person-path.ts";
import { moveOn } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { readOpeningReason } from "./identity.tsx";
import { keptScreens } from "./kept-screens.ts";
import { personPage } from "./person-page.tsx";
import { reckonedBirthScreens } from "./reckoned-birth-screens.ts";
import { openedFor } from "./remembered.ts";
import { timelineScreens } from "./timeline/screens.tsx";

/** The page of a person, and the opening of their 4情報 with a reason. */
export function personScreens(sets: readonly ScreenSet[]) {
  return [
    defineRoute({
      method: "get",
      path: "/people/:person",
      right: "person.read",
      purpose: "counter",
      audit: "person.opened",
      async handle(request) {
        const number = personOfPath(request.platform, request.params.person);
        return personPage(request, sets, number);
      },
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/open",
      right: "person.read",
      purpose: "counter",
      audit: "nothing-personal",
      because: "keeps the reason; opening the person's data is recorded by the database",
      async handle(request) {
        const number = personOfPath(request.platform, request.params.person);
        const reason = readOpeningReason(request.form);
        if (!reason) {
          const other = request.form.text("reason") === "other";
          const errors = other
            ? { other: reasonFault(request.form.text("other"), "その他の内容") ?? "" }
            : { reason: "開く理由を選んでください。" };
          return personPage(request, sets, number, { event: "open", form: request.form, errors });
        }
        const { code, text } = reason;
        const said = text
          ? await request.work((unit) => keepReason(unit, { personNumber: number, text }))
          : undefined;
        await openedFor.set(request, { code, ...(said && { said }) }, number);
        return moveOn(personPath(request.platform, number));
      },
    }),
    ...timelineScreens(sets),
    ...keptScreens(sets),
    ...reckonedBirthScreens(sets),
  ];
}
