import { createServer } from "node:net";
import { codeOf, StartProblem } from "#db/server/start-problem.ts";

/** Where the program listens. */
export interface ListenAddress {
  host: string;
  port: number;
}

/**
 * Reads `HOST` and `PORT` (127.0.0.1:3000); port 0 takes any that is free.
 *
 * @throws {@link StartProblem} for a `PORT` that is no port
 */
export function listenAddress(environment: NodeJS.ProcessEnv): ListenAddress {
  const text = environment.PORT?.trim() || "3000";
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new StartProblem(
      `PORT の値「${text.slice(0, 20)}」は使えません。0 から 65535 までの整数を指定してください。`,
    );
  return { host: environment.HOST?.trim() || "127.0.0.1", port };
}

/**
 * Tries whether one can listen there, before the database is touched.
 *
 * @throws {@link StartProblem}
 */
export async function requireFree(address: ListenAddress): Promise<void> {
  const trial = createServer();
  await new Promise<void>((resolve, reject) => {
    trial.once("error", (error) => reject(listenProblem(address, error)));
    trial.listen(address.port, address.host, () => trial.close(() => resolve()));
  });
}

/** Why nobody can listen there; the error itself where it is another one. */
export function listenProblem({ host, port }: ListenAddress, error: unknown): unknown {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new StartProblem(
        `ポート ${port} は、ほかのプログラムが使っています。そのプログラムを止めるか、PORT で別の番号を指定してください（例 PORT=${port === 65_535 ? 3000 : port + 1} npm start）。`,
      );
    case "EACCES":
      return new StartProblem(
        `ポート ${port} で待ち受ける権限がありません。PORT で 1024 以上の番号を指定してください。`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new StartProblem(
        `HOST の値「${host}」は、この機械の住所ではありません。この機械の IP アドレスか 127.0.0.1 を指定してください。`,
      );
    default:
      return error;
  }
}
