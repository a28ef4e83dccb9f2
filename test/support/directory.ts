import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { afterAll } from "vitest";

/** Whom the directory answers for next, and how it says that it asked. */
export interface Answer {
  login: string;
  amr?: string[];
  /** The person presses cancel. */
  cancels?: boolean;
  /** It publishes another key than the one it signs with. */
  signsFalsely?: boolean;
}

/**
 * A directory like a city's own (OpenID Connect), for one client; asks nobody and answers as it was told. Closes with the
 * test file.
 */
export async function openDirectory({ origin }: { origin: string }) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  let next: Answer = { login: "" };
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: "madoguchi",
        client_secret: "secret-of-the-directory",
        redirect_uris: [`${origin}/sign-in/directory/return`],
        post_logout_redirect_uris: [`${origin}/sign-in`],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ["sub", "amr"], profile: ["preferred_username"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: next.login }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    cookies: { keys: ["for the test"] },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (next.signsFalsely && request.url === "/jwks") {
      response.setHeader("Content-Type", "application/json");
      return response.end(JSON.stringify({ keys: [anotherKey()] }));
    }
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    const result = next.cancels
      ? { error: "access_denied" }
      : { login: { accountId: `account of ${next.login}`, amr: next.amr ?? ["pwd"] } };
    await provider.interactionFinished(request, response, result);
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  afterAll(close);
  return {
    issuer,
    tell: (told: Answer) => {
      next = told;
    },
    close,
  };
}

function anotherKey() {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
}
