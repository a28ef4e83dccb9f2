import { parentPort } from "node:worker_threads";
import { Fonts } from "../fonts/fonts.ts";
import { formOf } from "../registry.ts";
import type { FileOrder } from "./pool.ts";
import { writeBulk } from "./write.ts";

/** Fonts that were supplied before, so that they are opened once a worker. */
const opened = new Map<string, Fonts>();

/** One thread of {@link writeFiles}: writes the file it is told to and hands it over without copying. */
parentPort?.on(
  "message",
  async ({ template, pieces, envelopes, supply, wording = {} }: FileOrder) => {
    const key = JSON.stringify(supply ?? {});
    const fonts = opened.get(key) ?? new Fonts(supply);
    opened.set(key, fonts);
    const result = await writeBulk(formOf(template), pieces, { fonts, wording, envelopes });
    parentPort?.postMessage(result, [result.pdf.buffer as ArrayBuffer]);
  },
);
