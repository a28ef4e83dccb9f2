import { StartProblem } from "#db/server/start-problem.ts";
import type { ListenAddress } from "../listen-address.ts";

/**
 * Reads `MADOGUCHI_MONITORING`: where a process tells how it is, `port` (of this machine alone) or `host:port`. Nowhere
 * without it.
 *
 * @throws {@link StartProblem}
 */
export function monitoringAddress(environment: NodeJS.ProcessEnv): ListenAddress | undefined {
  const text = environment.MADOGUCHI_MONITORING?.trim();
  if (!text) return undefined;
  const [, host, digits] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535)
    throw new StartProblem(
      `MADOGUCHI_MONITORING の値「${text.slice(0, 40)}」は使えません。9464 か 10.0.0.5:9464 のように書いてください。`,
    );
  return { host: host?.replace(/^\[(.*)\]$/, "$1") ?? "127.0.0.1", port };
}
