import { beforeAll, describe, expect, test } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { screenSets } from "#src/web/app.ts";
import { itemTitles } from "#src/web/shell/audit/titles.ts";
import { auditWordsOf } from "#src/web/shell/audit/words/index.ts";
import { chapters } from "#src/web/shell/help/chapters.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { oneOfEachDuty, staffNames } from "#test/support/staff.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const counter = counterOf(city);
const sets = screenSets(programs);
const routes = sets.flatMap((set) => set.routes);
const words = auditWordsOf(programs);

let issued: Awaited<ReturnType<typeof counter.toIssued>>;

beforeAll(async () => {
  issued = await counter.toIssued(await counter.family());
  await counter.toExamination(await counter.family());
  const waiting = await counter.toApproval(await counter.family());
  await counter.step("supervisor1", "remand", waiting, { comment: "保険証の写しを確かめること" });
  await counter.toApproval(await counter.family());
  const mail = await mailingsOf(city);
  await mail.enter(oneYearOlds(3));
  await mail.step("operator1", await mail.extracted(), "submit");
});

/** What may stand on a screen in Latin letters: formats, units, keys, and what the city itself writes so. */
const allowed = new Set(
  "SHA KB DT PDF CSV JSON PEM JPEG PNG TIFF ZIP QR IP DVD IVS Unicode age Ctrl Enter Shift Alt Esc DV kB MB GB mm ED25519 BCG DPT IPV Hib MR HPV PMH PMDA OCR RS".split(
    " ",
  ),
);
/** And in the handbook, which tells of files, other systems and the server in their own words. */
const inHandbook = new Set(
  "HSM HTML PIN PKCS PostgreSQL SIGTERM OS ID JIS UTF NG OK TLS Node js HIV Space Tab IPAmj root postgres cron make python".split(
    " ",
  ),
);
/** Numbers of things, eras, code points, login names and addresses. */
const numbers =
  /[A-Z]\d[\w.-]*|U\+[0-9A-F]+|E[0-9A-Z]+-\d{4}|Alt\+[A-Z]|age1\w*|https?:\S+|\b[\w.-]+@[\w.-]+/g;
const ofStaff = new RegExp(`\\b(${staffNames.join("|")}|system)\\b`, "g");

/** The words of a page that a person sees or hears, without what stands in code or on keys. */
function seen(html: string): string {
  const body = html
    .replace(/^.*<body/s, "<body")
    .replace(/<(script|style|code|kbd)\b.*?<\/\1>/gs, " ")
    // Facts for a rule are entered as they are handed to it; the rest of a field is read.
    .replace(/<textarea[^>]*>\s*(?:\[|\{&quot;).*?<\/textarea>/gs, " ")
    .replace(/ (?:title|aria-label|alt|placeholder)="([^"]*)"/g, '>$1<i x="');
  return body.replace(/<[^>]*>/g, " ").replace(/&#?\w+;/g, " ");
}

const foreign = (html: string) =>
  (
    seen(html)
      .normalize("NFKC")
      .replace(numbers, " ")
      .replace(ofStaff, " ")
      .match(/[A-Za-z]{2,}/g) ?? []
  ).filter((word) => !allowed.has(word));

/** The pattern of the route that serves an address. */
const patternOf = (path: string) =>
  routes.find(
    (route) =>
      route.method === "get" &&
      new RegExp(`^${route.path.replaceAll(/:\w+/g, "[^/]+")}$`).test(path.split(/[?#]/)[0] ?? ""),
  )?.path;

/** Follows every link from the menu on, three pages of a kind. */
async function walk(
  who: (typeof staffNames)[number],
  each: (page: { path: string; pattern: string; html: string }) => void,
) {
  const someone = await visitor(who);
  const counts = new Map<string, number>();
  const open = [
    "/",
    ...routes
      .filter(({ method, path }) => method === "get" && !path.includes(":"))
      .map(({ path }) => path as string),
  ];
  const known = new Set(open);
  for (const path of open) {
    const pattern = patternOf(path);
    if (!pattern || (counts.get(pattern) ?? 0) >= 3) continue;
    if (/\.csv$|progress|\/pdf|preview|package|attachments|faults/.test(path)) continue;
    // All chapters of the handbook are read by a test of their own.
    if (pattern === "/help/:chapter") continue;
    const answer = await someone.get(path);
    if (answer.status !== 200 || !/html/.test(String(answer.headers["content-type"]))) continue;
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    each({ path, pattern, html: answer.text });
    for (const [, href = ""] of answer.text.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
      const next = href.replaceAll("&amp;", "&");
      if (!known.has(next)) open.push(next);
      known.add(next);
    }
  }
  return counts;
}

/** What somebody's walk came through, and the English that was found; each walks once. */
const walks = new Map<string, Promise<{ kinds: string[]; found: Record<string, string[]> }>>();

function walkOf(who: (typeof staffNames)[number]) {
  const before = walks.get(who);
  if (before) return before;
  const found: Record<string, string[]> = {};
  const walked = walk(who, ({ path, html }) => {
    const list = [...new Set(foreign(html))];
    if (list.length > 0) found[path] = list;
  }).then((kinds) => ({ kinds: [...kinds.keys()], found }));
  walks.set(who, walked);
  return walked;
}

describe("画面の言葉", () => {
  test.each(oneOfEachDuty)("%s が歩ける画面に、英語はない", { timeout: 300_000 }, async (who) => {
    expect((await walkOf(who)).found).toEqual({});
  });

  test("歩いた画面には、申請、一括発送、職員、記録の画面がある", { timeout: 300_000 }, async () => {
    expect((await walkOf("supervisor1")).kinds).toEqual(
      expect.arrayContaining([
        "/child-medical/cases/:caseId",
        "/child-medical/cases/:caseId/decision",
        "/vaccination/mailings/:run",
      ]),
    );
    expect((await walkOf("admin1")).kinds).toEqual(
      expect.arrayContaining(["/staff/:staff", "/grants/new"]),
    );
  });
});

describe("アクセス記録", () => {
  test("画面と操作の種類には、どれも文がある", () => {
    for (const { audit, path } of routes)
      if (audit !== "nothing-personal") expect(words.get(audit), `${path} ${audit}`).toBeTruthy();
  });

  test("書かれた記録の種類と項目には、どれも文があり、英語はない", async () => {
    const rows = await city.admin<{ action: string; items: string[] | null }[]>`
      select distinct action, items from audit.record`;
    expect(rows.length).toBeGreaterThan(30);
    for (const { action, items } of rows) {
      expect(words.get(action), action).toBeTruthy();
      for (const item of items ?? []) expect(itemTitles[item], item).toBeTruthy();
    }
    for (const [action, sentence] of words)
      expect(sentence.replace(/{items}|PMH/g, ""), action).not.toMatch(/[A-Za-z]{2,}/);
  });

  test("だれが、だれの、何を、なぜ、何時何分何秒に、が文になる", async () => {
    // The newest records are of whoever walked last: of somebody's name, too.
    await (await visitor("clerk1")).get("/child-medical/cases");
    const auditor = await visitor("auditor1");
    await (await visitor("clerk1")).get(`/child-medical/cases/${issued.caseId}`);
    await auditor.get("/audit");
    const { text } = await auditor.get("/audit");
    expect(text).toContain("監査 一子が、アクセス記録を見た。");
    expect(text).toMatch(/宛名番号 \d{10} の/);
    expect(text).toMatch(/\d{4}\/\d{2}\/\d{2} \d{1,2}:\d{2}:\d{2}/);
  });
});

describe("ヘルプ", () => {
  test("どの画面にも、実在する手引きのページがある", () => {
    const ids = new Set(chapters.map(({ id }) => id));
    expect(ids.size).toBeGreaterThan(9);
    for (const set of sets)
      for (const route of set.routes) {
        const chapter = route.handbook ?? set.handbook;
        expect(chapter && ids.has(chapter), `${route.path} ${chapter}`).toBe(true);
      }
  });

  test("その画面の手引きを開き、手引きはすべて読める", async () => {
    const clerk = await visitor("clerk1");
    expect((await clerk.get("/child-medical/cases")).text).toContain(
      'href="/help/03-child-medical"',
    );
    expect((await clerk.get("/people")).text).toContain('href="/help/02-people"');
    const unknown: string[] = [];
    for (const { id, title } of chapters) {
      const { status, text } = await clerk.get(`/help/${id}`);
      expect(status).toBe(200);
      expect(text).toContain(`<h1>${title.split("・")[0]}`);
      expect(seen(text), id).not.toMatch(/\*\*|\]\(|^#|\|--/m);
      const words = foreign(text.replaceAll(/[\w./-]+\.md\b/g, " "));
      unknown.push(
        ...words.filter((word) => !inHandbook.has(word)).map((word) => `${id}: ${word}`),
      );
    }
    expect([...new Set(unknown)]).toEqual([]);
    expect((await clerk.get("/help/nowhere")).status).toBe(404);
  });
});
