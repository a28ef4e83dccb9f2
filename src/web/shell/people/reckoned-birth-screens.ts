import {
  lookAtPerson,
  moveReckonedBirth,
  proposeReckonedBirth,
  type ReckoningBasis,
  reckoningBases,
  reviewReckonedBirth,
} from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { sentWith } from "../../cases/sent.tsx";
import { readDate } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { personOfPath, personPath } from "../../person-path.ts";
import { type Reply, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { personPage } from "./person-page.tsx";

/** What is sent from the みなし生年月日 of a person's page. */
export function reckonedBirthScreens(sets: readonly ScreenSet[]): AnyRoute[] {
  return [
    defineRoute({
      method: "post",
      path: "/people/:person/reckoned-birth",
      right: "birth-date.set",
      purpose: "counter",
      audit: "reckoned-birth.sent",
      handle: (request) =>
        answered(
          request,
          sets,
          "みなし生年月日を起案しました。別の職員の確認を待ちます。",
          (number) =>
            request.work(async (unit) => {
              const person = await lookAtPerson(unit, number, ["facts"]);
              if (!person) throw notFound("住民が見つかりません。");
              const { form } = request;
              await proposeReckonedBirth(unit, person, {
                day: readDate(form.text("day")),
                basis: form.choice("basis", Object.keys(reckoningBases) as ReckoningBasis[]),
                source: form.text("source"),
                reason: form.whole("reason"),
              });
            }),
        ),
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/reckoned-birth/:number/decision",
      right: "birth-date.confirm",
      purpose: "counter",
      audit: "reckoned-birth.decision-sent",
      handle(request) {
        const event = request.form.pressed(["approve", "refuse"]);
        const id = numberOf(request.params.number);
        const said = { approve: "みなし生年月日を確認しました。", refuse: "却下しました。" }[event];
        return answered(request, sets, said, (number) =>
          request.work((unit) => moveReckonedBirth(unit, number, { id, event })),
        );
      },
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/reckoned-birth/:number/review",
      right: "birth-date.set",
      purpose: "counter",
      audit: "reckoned-birth.review-sent",
      handle(request) {
        const id = numberOf(request.params.number);
        return answered(request, sets, "見直しを終えたことを記録しました。", () =>
          request.work((unit) => reviewReckonedBirth(unit, id)),
        );
      },
    }),
  ];
}

/** Does it and shows the page again; what was not taken comes back with what was typed. */
async function answered(
  request: ScreenRequest & { params: { person: string } },
  sets: readonly ScreenSet[],
  said: string,
  run: (number: ReturnType<typeof personOfPath>) => Promise<void>,
): Promise<Reply> {
  const number = personOfPath(request.platform, request.params.person);
  try {
    await run(number);
  } catch (error) {
    return personPage(request, sets, number, sentWith("reckoned-birth", request.form, error));
  }
  return redirect(`${personPath(request.platform, number)}#reckoned-birth`, said);
}
