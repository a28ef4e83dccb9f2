import { parentPort } from "node:worker_threads";
import { getForm } from "../registry.ts";
import type { FileOrder } from "./pool.ts";
import { writeBulk } from "./write.ts";

/** One thread of {@link writeFiles}: writes the file it is told to and hands it over without copying. */
parentPort?.on("message", async ({ id, version, pieces }: FileOrder) => {
  const result = await writeBulk(getForm(id, version), pieces);
  parentPort?.postMessage(result, [result.pdf.buffer as ArrayBuffer]);
});
