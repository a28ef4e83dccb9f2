import { type BenchCity, cityOf } from "./city.ts";
import { type Clerk, clerks, keepAsking, percentile } from "./clerks.ts";
import { add } from "./rows.ts";
import { serve, servePeer } from "./served.ts";
import { settings } from "./settings.ts";

/** How long each part is asked for. */
const seconds = 20;

/**
 * Work at the counter: people are looked for by name or birth date, opened, and lists of work are looked through; by eight
 * clerks without a pause against Express with one query, and by a hundred who think for eight seconds.
 */
export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const city = await cityOf(population);
    const people = await city.admin<{ born: string; number: string }[]>`
      select birth_date::text as born, person_number as number from vault.person
       where birth_date is not null and resident_to is null and office_code = '431010' order by md5(person_number) limit 5000`;
    const peer = await peerPages(city, people);
    const program = await serve(city);
    try {
      const all = await clerks(city, program.address, 100);
      const at = `counter: ${population.toLocaleString("en")} people`;
      await keepAsking(
        all.slice(0, 8).map((clerk) => pagesOf(clerk, people)),
        { seconds: 5 },
      );
      const busy = await keepAsking(
        all.slice(0, 8).map((clerk) => pagesOf(clerk, people)),
        { seconds },
      );
      add({
        name: `${at}, 8 clerks without a pause`,
        value: busy.length / seconds,
        unit: "pages/s",
        reference: peer,
        peer: "Express with one query",
        reach: 6,
        more: true,
      });
      const thinking = await keepAsking(
        all.map((clerk) => pagesOf(clerk, people)),
        { seconds: seconds * 2, thought: 8 },
      );
      for (const [part, limit] of [
        [0.95, 100],
        [0.99, 200],
      ] as const)
        add({
          name: `${at}, 100 clerks who think for 8 s, ${part * 100} of 100 pages`,
          value: percentile(thinking, part),
          unit: "ms",
          reference: limit,
          peer: "limit",
          reach: 1,
        });
    } finally {
      await program.stop();
    }
  }
  return 0;
}

type People = readonly { born: string; number: string }[];

async function peerPages(city: BenchCity, people: People): Promise<number> {
  const peer = await servePeer(city);
  try {
    const browsers = await clerks(city, peer.address, 8);
    let next = 0;
    const ask = (browser: Clerk) => () =>
      browser.get(`/people/${people[next++ % people.length]?.number}`);
    await keepAsking(browsers.map(ask), { seconds: 3 });
    return (await keepAsking(browsers.map(ask), { seconds: seconds / 2 })).length / (seconds / 2);
  } finally {
    await peer.stop();
  }
}

/** The next page of a round: the question, what it finds, the first who was found, the work that waits. */
function pagesOf(clerk: Clerk, people: People): () => Promise<void> {
  let at = Math.floor(Math.random() * people.length);
  let open = "";
  const round: (() => Promise<{ status: number; body: string }>)[] = [
    () => clerk.post("/people", { q: question(people[at++ % people.length], at) }),
    () => clerk.get("/people/found"),
    () => clerk.get(open || "/"),
    () => clerk.get("/child-medical/cases"),
  ];
  let step = 0;
  return async () => {
    const answer = await round[step % round.length]?.();
    if (!answer || answer.status >= 400)
      throw new Error(`page ${step % round.length} answered ${answer?.status}`);
    if (step % round.length === 1)
      open = /<tbody>.*?href="(\/people\/[\w-]+)"/s.exec(answer.body)?.[1] ?? "";
    step++;
  };
}

const names = ["サトウ ハ", "スズキ ユ", "タカハシ", "タナカ ア", "イトウ ミ"];
const question = (person: People[number] | undefined, at: number): string =>
  at % 2 === 0 ? (names[(at / 2) % names.length] ?? "") : (person?.born ?? "").replaceAll("-", "");
