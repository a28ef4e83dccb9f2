import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { type ClaimKind, countFilesWithWork, heldOfClaims } from "#src/platform/claims/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { ButtonLink } from "../components/index.ts";
import { personPath } from "../person-path.ts";
import type { PersonPanel, ProgramScreens } from "../screens.ts";
import { askingScreens } from "./asking.tsx";
import { correctionScreens } from "./correction.tsx";
import { entryScreens } from "./entry.tsx";
import { entryDraftScreens } from "./entry-draft.tsx";
import { claimFigures } from "./figures.ts";
import { fileListScreens } from "./file-list.tsx";
import { filePageScreens } from "./file-page.tsx";
import { fileRowScreens } from "./file-row.tsx";
import { findingScreens } from "./findings.tsx";
import { intakeScreens } from "./intake.tsx";
import { refundList } from "./refund-list.tsx";
import { claimPaths } from "./words.ts";

export { postcardOrder } from "./postcard-order.tsx";
export { claimCases } from "./view.tsx";

/** A 事務 that refunds: its screens with 償還払いの受付 beside them. Its claims stand in the lists of its cases (`claimCases`). */
export function withClaims(kind: ClaimKind, screens: ProgramScreens): ProgramScreens {
  const { program } = kind;
  const routes = [
    ...[
      ...intakeScreens(kind),
      ...entryScreens(kind),
      ...entryDraftScreens(kind),
      ...correctionScreens(kind),
      ...fileListScreens(kind),
      ...filePageScreens(kind),
      ...fileRowScreens(kind),
      ...findingScreens(kind),
      ...askingScreens(kind),
    ].map((route) => ({
      handbook: "18-claims",
      ...route,
    })),
    refundList(program, kind.title),
  ];
  return {
    ...screens,
    menu: [
      ...screens.menu,
      {
        title: "償還払いの受付",
        path: claimPaths(program).intake as `/${string}`,
        right: "case.enter",
      },
      {
        title: "支給申請のファイル",
        path: claimPaths(program).files as `/${string}`,
        right: "case.enter",
        count: `${program}.claim-files`,
      },
    ],
    routes: [...screens.routes, ...routes],
    officeFigures: async (work) => [
      ...((await screens.officeFigures?.(work)) ?? []),
      ...(await claimFigures(kind, work)),
    ],
    menuCounts: async (work) => ({
      ...(await screens.menuCounts?.(work)),
      ...(holdsForAll(work.actor, "case.enter", program)
        ? { [`${program}.claim-files`]: await countFilesWithWork(work, kind) }
        : {}),
    }),
    held: async (work, request) => [
      ...((await screens.held?.(work, request)) ?? []),
      ...(await heldOfClaims(work, request, kind)),
    ],
    personPanels: async (work, person) => [
      ...((await screens.personPanels?.(work, person)) ?? []),
      ...panelOf(kind, work, person),
    ],
  };
}

/** Where a claim for a person is received, on their page. */
function panelOf({ program, title }: ClaimKind, work: Work, person: Person): PersonPanel[] {
  if (!holds(work.actor, "case.enter", { program })) return [];
  const token = personPath(work.platform, person.personNumber as PersonNumber)
    .split("/")
    .at(-1);
  return [
    {
      title: `${title} 償還払い`,
      order: 21,
      content: (
        <ButtonLink href={claimPaths(program).person(token ?? "")}>
          領収書を入力して支給申請を受け付ける
        </ButtonLink>
      ),
    },
  ];
}
