import { holds } from "#src/platform/access/index.ts";
import { forgetList } from "../../cases/came-from.ts";
import { PageTitle } from "../../components/index.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { SearchBox } from "../people/search-box.tsx";
import { Figures, Returned, Sent } from "./beside.tsx";
import { gather } from "./gather.ts";
import { readHomeQuery } from "./home-path.ts";
import { Support, Waiting } from "./waiting.tsx";

/** Home: what waits for me, what came back, what I sent on, the office's figures. */
export function homePage(sets: readonly ScreenSet[]) {
  return defineRoute({
    method: "get",
    path: "/",
    right: "signed-in",
    purpose: "inquiry",
    audit: "work-list.opened",
    async handle(request) {
      const asked = readHomeQuery(request.query);
      await forgetList(request);
      const { figures, ...work } = await gather(sets, request, asked);
      const props = { ...work, asked, today: request.platform.clock.today() };
      return page({
        title: "ホーム",
        breadcrumb: [],
        content: (
          <>
            <PageTitle>ホーム</PageTitle>
            {holds(request.actor, "person.search") && <SearchBox />}
            <Returned {...props} />
            <Waiting {...props} />
            <Support {...props} />
            <Sent {...props} />
            <Figures sets={figures} />
          </>
        ),
      });
    },
  });
}
