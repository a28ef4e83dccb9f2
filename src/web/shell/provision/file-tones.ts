import type { ProvisionFile } from "#src/platform/provision/index.ts";
import type { Tone } from "../../components/index.ts";

/** Colours of where a file stands. */
export const fileTones: Record<ProvisionFile["state"], Tone> = {
  provided: "success",
  waiting: "warning",
  approved: "info",
  refused: "error",
};
