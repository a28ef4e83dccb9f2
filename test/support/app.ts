import type { AddressInfo } from "node:net";
import supertest from "supertest";
import { afterAll } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { createApp } from "#src/web/app.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { csrfTokenOf } from "#src/web/server/cookies.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

/** A browser without a screen: keeps its cookies and fills in the CSRF token of the page it last saw. */
export interface Visitor {
  get(path: string): Promise<supertest.Response>;
  post(path: string, fields?: Record<string, string | string[]>): Promise<supertest.Response>;
  /** Sends a form with a file in the field of that name. */
  upload(
    path: string,
    fields: Record<string, string>,
    file: { field: string; name: string; bytes: Uint8Array },
  ): Promise<supertest.Response>;
}

/** The web application on the platform of a test file. */
export function openTestApp(test: TestPlatform, screens: readonly ProgramScreens[] = programs) {
  const app = createApp(test.platform, screens);
  const stranger = (): Visitor => visitorOf(supertest.agent(app));
  return {
    app,
    stranger,
    /** Somebody who is signed in, over the session that `test.actor` opened. */
    async visitor(who: TestStaff): Promise<Visitor> {
      const { sessionToken } = await test.actor(who);
      const agent = supertest.agent(app);
      agent.jar.setCookie(`madoguchi_session=${sessionToken}; Path=/`, "127.0.0.1");
      return visitorOf(agent, sessionToken);
    },
    /** Listens on a free port for a browser; closed with the test file. */
    async listen(): Promise<string> {
      const server = app.listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      afterAll(() => server.close());
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}

/** The case that a request opened; it answers with the page of its first step. */
export const openedCase = ({ headers }: supertest.Response): string =>
  String(headers.location).replace(/(\/cases\/[\w-]{36})\/.*$/, "$1");

function visitorOf(agent: ReturnType<typeof supertest.agent>, sessionToken?: string): Visitor {
  let csrf = sessionToken ? csrfTokenOf(sessionToken) : "";
  const remember = (response: supertest.Response) => {
    csrf = /name="_csrf" value="([^"]+)"/.exec(response.text ?? "")?.[1] ?? csrf;
    return response;
  };
  return {
    get: async (path) => remember(await agent.get(path)),
    post: async (path, fields = {}) =>
      remember(
        await agent
          .post(path)
          .type("form")
          .send({ _csrf: csrf, ...fields }),
      ),
    upload: async (path, fields, { field, name, bytes }) =>
      remember(
        await agent
          .post(path)
          .field({ _csrf: csrf, ...fields })
          .attach(field, Buffer.from(bytes), name),
      ),
  };
}
