import { Passport } from "passport";
import { Strategy } from "passport-local";
import { type CheckedPassword, checkPassword } from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";

type Credentials = Parameters<typeof checkPassword>[1];
type Refused = Extract<CheckedPassword, { ok: false }>;

/**
 * Verifies name and password through passport. Its session support stays unused: sessions are rows
 * that the database itself must know (docs/adr/0007).
 */
export function firstFactor(
  platform: Platform,
  credentials: Credentials,
): Promise<CheckedPassword> {
  const { address, ...body } = credentials;
  const passport = new Passport().use(
    new Strategy({ usernameField: "loginName", session: false }, (loginName, password, done) => {
      checkPassword(platform, { loginName, password, address }).then(
        (checked) => done(null, checked.ok && checked, checked as never),
        done,
      );
    }),
  );
  return new Promise((resolve, reject) => {
    passport.authenticate(
      "local",
      { session: false },
      (error: unknown, user: CheckedPassword | false, refused: Refused) =>
        error ? reject(error) : resolve(user || refused),
    )({ body, query: {} }, {}, reject);
  });
}
