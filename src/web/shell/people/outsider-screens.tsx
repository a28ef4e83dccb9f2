import { office } from "#db/schema/access.ts";
import { type Actor, holds } from "#src/platform/access/index.ts";
import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import {
  correctOutsider,
  decideOutsider,
  type OutsiderEntry,
  type OutsiderField,
  type OutsiderMistakes,
  type OutsiderPurpose,
  openOutsider,
  outsiderOf,
  outsiderSteps,
  readOutsider,
  type SaidToDiffer,
  type SimilarPeople,
  similarPeople,
} from "#src/platform/outsiders/index.ts";
import { lookAtPerson, type Person } from "#src/platform/people/index.ts";
import { EntryProblem, notFound, type Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { casePath } from "../../cases/paths.ts";
import { mistakesOf, ProblemNote, sentWith } from "../../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  FieldGroup,
  Form,
  PageTitle,
  ReasonField,
  SelectField,
} from "../../components/index.ts";
import { personOfPath, personPath } from "../../person-path.ts";
import { page, type Reply, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import type { Values } from "../../values.ts";
import { type KnownOutsider, knownOutsider, OutsiderFields } from "./outsider-fields.tsx";
import { SimilarFields } from "./outsider-similar.tsx";
import { personPage } from "./person-page.tsx";

const title = "住登外者の登録";

type Programs = readonly { id: string; title: string }[];

/** The 事務 in whose cases somebody enters. */
const programsOf = (sets: readonly ScreenSet[], actor: Actor): Programs =>
  sets.flatMap(({ id, title }) =>
    id !== undefined && holds(actor, "case.enter", { program: id }) ? [{ id, title }] : [],
  );

type Offices = readonly { code: string; name: string }[];
const officesOf = async (work: Work): Promise<Offices> =>
  (
    await work.tx.select({ code: office.code, name: office.name }).from(office).orderBy(office.code)
  ).filter(({ code }) => holds(work.actor, "case.enter", { office: code }));

/** What the page of a form needs to know. */
interface Around {
  programs: Programs;
  offices: Offices;
  /** The case for which somebody is opened. */
  found?: CaseRow | undefined;
}

interface Shown {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem | undefined;
  similar?: SimilarPeople | undefined;
}

/** Opening, correction and confirmation of people outside the register. */
export function outsiderScreens(sets: readonly ScreenSet[]): AnyRoute[] {
  return [
    defineRoute({
      method: "get",
      path: "/outsiders/new",
      right: "case.enter",
      purpose: "counter",
      audit: "outsider.form-opened",
      handle: async (request) =>
        opening(request, sets, await aroundOf(request, sets, request.query.text("case")), {}),
    }),
    defineRoute({
      method: "post",
      path: "/outsiders/new",
      right: "case.enter",
      purpose: "counter",
      audit: "outsider.opening-sent",
      async handle(request) {
        const { form, platform } = request;
        const around = await aroundOf(request, sets, form.text("case"));
        const { purpose, wrong } = purposeOf(form, around);
        const read = readOutsider((field) => textOf(form, field), platform.clock.today());
        if ("mistakes" in read || !purpose) {
          const mistakes = "mistakes" in read ? read.mistakes : {};
          return opening(request, sets, around, {
            form,
            errors: { ...wrong, ...withText(mistakes) },
          });
        }
        const { entry } = read;
        let similar: SimilarPeople | undefined;
        try {
          const number = await request.work(async (unit) => {
            similar = await similarPeople(unit, purpose, entry.identity);
            const differs = differsIn(request, similar);
            return openOutsider(unit, purpose, entry, differs);
          });
          const path = personPath(platform, number);
          return redirect(
            around.found ? casePath(around.found) : path,
            `住登外者を登録しました（統合宛名番号 ${number}）。別の職員の確認を待ちます。`,
          );
        } catch (error) {
          return opening(request, sets, around, { form, similar, ...mistakesOf(error) });
        }
      },
    }),
    defineRoute({
      method: "get",
      path: "/people/:person/outsider/correction",
      right: "case.enter",
      purpose: "counter",
      audit: "outsider.correction-opened",
      async handle(request) {
        const number = personOfPath(request.platform, request.params.person);
        return correction(request, number, {});
      },
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/outsider/correction",
      right: "case.enter",
      purpose: "counter",
      audit: "outsider.correction-sent",
      async handle(request) {
        const { form, platform, work } = request;
        const number = personOfPath(platform, request.params.person);
        const read = readOutsider((field) => textOf(form, field), platform.clock.today());
        if ("mistakes" in read)
          return correction(request, number, { form, errors: withText(read.mistakes) });
        let similar: SimilarPeople | undefined;
        try {
          await work(async (unit) => {
            const { person, purpose } = await outsiderWith(unit, number);
            similar = await othersLike(unit, { person, purpose }, read.entry);
            const differs = differsIn(request, similar);
            const seen = { ...person, revision: form.integer("revision") ?? 0 };
            await correctOutsider(unit, seen, read.entry, {
              differs,
              reason: form.whole("reason"),
            });
          });
        } catch (error) {
          return correction(request, number, { form, similar, ...mistakesOf(error) });
        }
        return redirect(
          `${personPath(platform, number)}#outsider`,
          "訂正しました。別の職員の確認を待ちます。",
        );
      },
    }),
    defineRoute({
      method: "post",
      path: "/people/:person/outsider/decision",
      right: "case.examine",
      purpose: "counter",
      audit: "outsider.decision-sent",
      async handle(request) {
        const { form, platform } = request;
        const number = personOfPath(platform, request.params.person);
        const event = form.pressed(["confirm", "refuse"]);
        try {
          await request.work(async (unit) => {
            const outsider = await outsiderOf(unit, number);
            const person = await lookAtPerson(unit, number, ["facts"]);
            if (!outsider || !person) throw notFound("住登外者が見つかりません。");
            await decideOutsider(unit, person, outsider, { event, comment: form.whole("comment") });
          });
        } catch (error) {
          return personPage(request, sets, number, sentWith("outsider", form, error));
        }
        return redirect(
          `${personPath(platform, number)}#outsider`,
          event === "confirm" ? "住登外者を確認しました。" : "却下しました。",
        );
      },
    }),
  ];
}

/** Fields that an answer asks for stand closed in the browser and are not sent. */
const textOf = (form: Values, field: OutsiderField): string => form.text(field);

const withText = (mistakes: OutsiderMistakes): FieldErrors =>
  Object.fromEntries(Object.entries(mistakes).filter(([, text]) => text !== undefined));

async function aroundOf(
  { work, actor }: Pick<ScreenRequest, "work" | "actor">,
  sets: readonly ScreenSet[],
  caseId: string,
): Promise<Around> {
  return work(async (unit) => ({
    programs: programsOf(sets, actor),
    offices: await officesOf(unit),
    ...(caseId && { found: await getCase(unit, caseId) }),
  }));
}

function purposeOf(
  form: Values,
  { programs, offices, found }: Around,
): { purpose?: OutsiderPurpose; wrong: FieldErrors } {
  if (found)
    return {
      purpose: { program: found.program, officeCode: found.officeCode, caseId: found.id },
      wrong: {},
    };
  const program = programs.find(({ id }) => id === form.text("program"))?.id;
  const officeCode = offices.find(({ code }) => code === form.text("office"))?.code;
  if (program && officeCode) return { purpose: { program, officeCode }, wrong: {} };
  return {
    wrong: {
      ...(!program && { program: "事務を選んでください。" }),
      ...(!officeCode && { office: "区を選んでください。" }),
    },
  };
}

/** What was said of those who look alike; whoever has come since the page was shown is not among them. @throws EntryProblem */
function differsIn(
  { form, platform }: Pick<ScreenRequest, "form" | "platform">,
  similar: SimilarPeople,
): SaidToDiffer {
  const alike = similar.found.map(({ person }) => person.personNumber);
  if (alike.length === 0 && similar.beyond === 0) return { from: [], reason: "" };
  const seen = new Set(form.all("seen").map((part) => personOfPath(platform, part)));
  const all =
    alike.every((number) => seen.has(number)) && (similar.beyond === 0 || form.has("beyond"));
  if (!all || !form.has("other"))
    throw new EntryProblem(
      "other",
      "似た方がいます。別の方なら、確かめたうえで印を付けてください。",
    );
  const reason = form.text("differs");
  const fault = reasonFault(reason, "別の方とする理由");
  if (fault) throw new EntryProblem("differs", fault);
  return { from: [...alike, ...(similar.beyond > 0 ? ["*"] : [])], reason };
}

async function outsiderWith(work: Work, number: PersonNumber) {
  const outsider = await outsiderOf(work, number);
  const person = await lookAtPerson(work, number, ["facts", "name", "address"]);
  if (!outsider?.outside || !person) throw notFound("住登外者が見つかりません。");
  return {
    person,
    outsider,
    purpose: { program: outsider.program, officeCode: person.officeCode },
  };
}

/** Others who look like what was corrected. */
async function othersLike(
  work: Work,
  { person, purpose }: { person: Person; purpose: OutsiderPurpose },
  entry: OutsiderEntry,
): Promise<SimilarPeople> {
  const { found, beyond } = await similarPeople(work, purpose, entry.identity);
  return { found: found.filter((one) => one.person.personNumber !== person.personNumber), beyond };
}

function opening(
  { actor, platform, query }: Pick<ScreenRequest, "actor" | "platform" | "query">,
  _sets: readonly ScreenSet[],
  { programs, offices, found }: Around,
  { form, errors = {}, problem, similar }: Shown,
): Reply {
  const [office] = offices;
  return page({
    title,
    breadcrumb: [{ title: "住登外者", path: "/outsiders" }, { title }],
    status: form ? (problem?.status ?? 422) : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <p class="lead">
          住民票が市にない方（請求する方、支払を受ける方、手紙を受け取る方）です。登録すると統合宛名番号が付き、2人目の職員の確認を待ちます。
        </p>
        {problem && <ProblemNote problem={problem} />}
        <Form action="/outsiders/new" values={form} errors={errors} focusFirst={!form}>
          {found ? (
            <>
              <input type="hidden" name="case" value={found.id} />
              <p>
                手続き <a href={casePath(found)}>{found.number}</a> のために登録します。
              </p>
            </>
          ) : (
            <FieldGroup title="何のために">
              <SelectField
                name="program"
                label="事務"
                required
                empty="選んでください"
                value={query.text("program") || (programs.length === 1 ? programs[0]?.id : "")}
                options={programs.map(({ id, title }) => ({ value: id, label: title }))}
              />
              <SelectField
                name="office"
                label="区"
                required
                empty="選んでください"
                value={offices.length === 1 ? office?.code : ""}
                options={offices.map(({ code, name }) => ({ value: code, label: name }))}
              />
            </FieldGroup>
          )}
          <OutsiderFields
            today={platform.clock.today()}
            withIndividualNumber={holds(actor, "person.read-individual-number")}
          />
          {similar && (similar.found.length > 0 || similar.beyond > 0) && (
            <SimilarFields similar={similar} platform={platform} />
          )}
          <Actions>
            <Button shortcut="Ctrl+Enter">登録する</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}

async function correction(
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  number: PersonNumber,
  { form, errors = {}, problem, similar }: Shown,
): Promise<Reply> {
  const { person, known } = await work(async (unit) => {
    const { person } = await outsiderWith(unit, number);
    const steps = await outsiderSteps(unit, number);
    const last = steps.findLast(({ evidence }) => evidence !== null);
    return { person, known: knownOutsider(person, last?.details?.telephone) };
  });
  const path = personPath(platform, number);
  const masked: KnownOutsider | undefined = person.addressMasked ? undefined : known;
  return page({
    title: "住登外者の訂正",
    breadcrumb: [
      { title: "住登外者", path: "/outsiders" },
      { title: "住民", path },
      { title: "訂正" },
    ],
    status: form ? (problem?.status ?? 422) : 200,
    content: (
      <>
        <PageTitle>住登外者の訂正</PageTitle>
        {problem && <ProblemNote problem={problem} />}
        {masked ? (
          <Form action={`${path}/outsider/correction`} values={form} errors={errors}>
            <input type="hidden" name="revision" value={person.revision} />
            <OutsiderFields today={platform.clock.today()} known={masked} withDeath />
            <ReasonField name="reason" label="訂正の理由" required width={40} />
            {similar && (similar.found.length > 0 || similar.beyond > 0) && (
              <SimilarFields similar={similar} platform={platform} />
            )}
            <Actions>
              <Button shortcut="Ctrl+Enter">訂正する</Button>
              <ButtonLink href={path}>やめる</ButtonLink>
            </Actions>
          </Form>
        ) : (
          <p>支援措置の方の住所は表示できないため、住所を見る権限のある職員が訂正します。</p>
        )}
      </>
    ),
  });
}
