import { supervise } from "#src/server/supervisor.ts";

process.exitCode = await supervise(new URL("serve.ts", import.meta.url).pathname, process.argv[2]);
