import postgres from "postgres";
import { codeOf, StartProblem } from "#db/server/start-problem.ts";

/**
 * Tries the server and the role that `DATABASE_URL` names before anything is changed there.
 *
 * @throws {@link StartProblem} that names server, database and role, never the password
 */
export async function requireServer(address: string): Promise<void> {
  requireAddress(address);
  const client = postgres(address, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const [found] = await client<{ version: number; owns: boolean; makes: boolean }[]>`
      select current_setting('server_version_num')::integer as version,
             r.rolsuper or pg_has_role(current_user, d.datdba, 'usage') as owns,
             r.rolsuper or r.rolcreaterole as makes
        from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`;
    if (!found) return;
    if (found.version < 160_000)
      throw new StartProblem(
        `データベースは PostgreSQL ${Math.floor(found.version / 10_000)} です。16 以降が必要です。`,
      );
    if (!found.makes || !found.owns) {
      const { username, database } = partsOf(address);
      throw new StartProblem(
        `DATABASE_URL の利用者 ${username} は、${found.makes ? `データベース ${database} の所有者ではありません` : "ロールを作れません（CREATEROLE）"}。ロールを作れて、データベースを所有する利用者を指定してください。業務のためのロール madoguchi_app は指定できません。`,
      );
    }
  } catch (error) {
    throw connectionProblem(address, error);
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** @throws {@link StartProblem} where it is no address of a PostgreSQL database */
export function requireAddress(address: string): void {
  if (URL.canParse(address) && /^postgres(ql)?:\/\/[^/]+\/[^/]+$/.test(address)) return;
  throw new StartProblem(
    "DATABASE_URL の書き方が正しくありません。postgres://利用者:パスワード@サーバー:5432/データベース のように書いてください。パスワードの記号は %40 のように書き換えます。",
  );
}

/** The sentence for an error of connecting; the error itself where it is another one. */
export function connectionProblem(address: string, error: unknown): unknown {
  const { server, username, database } = partsOf(address);
  switch (codeOf(error)) {
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
    case "ECONNRESET":
    case "CONNECT_TIMEOUT":
    case "CONNECTION_CLOSED":
      return new StartProblem(
        `データベースのサーバー ${server} につながりません。サーバーが動いているか、DATABASE_URL のサーバーとポートが正しいか、間の機器が通しているかを確かめてください。`,
      );
    case "57P03":
      return new StartProblem(
        `データベースのサーバー ${server} は、起動か停止の途中です。しばらくしてから、もう一度起動してください。`,
      );
    case "28P01":
    case "28000":
      return new StartProblem(
        `データベースのサーバー ${server} に、利用者 ${username} で入れません。DATABASE_URL の利用者とパスワード、サーバーの pg_hba.conf を確かめてください。`,
      );
    case "3D000":
      return new StartProblem(
        `サーバー ${server} に、データベース ${database} がありません。作ってから起動してください。`,
      );
    case "53300":
      return new StartProblem(
        `データベースのサーバー ${server} の接続が足りません。ほかの接続を減らすか、max_connections を増やしてください。`,
      );
    case "53100":
      return new StartProblem(
        `データベースのサーバー ${server} のディスクに空きがありません。空きを作ってから、もう一度起動してください。`,
      );
    case "25006":
      return new StartProblem(
        `データベースのサーバー ${server} は読み取り専用です。書き込めるサーバーを DATABASE_URL に指定してください。`,
      );
    case "42501":
      return new StartProblem(
        `DATABASE_URL の利用者 ${username} の権限が足りません。ロールを作れて（CREATEROLE）、データベース ${database} を所有する利用者を指定してください。`,
      );
    default:
      return error;
  }
}

function partsOf(address: string): { server: string; username: string; database: string } {
  const { host, username, pathname } = new URL(address);
  return { server: host, username: decodeURIComponent(username), database: pathname.slice(1) };
}
