// Samples are features in apps/api/samples; one that was copied into src/features counts there alone.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Relative to `api`, the folder of apps/api: ["samples/features/favourites"]. */
export function sampleFolders(api) {
  const folder = join(api, "samples/features");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !existsSync(join(api, "src/features", name)))
    .map((name) => join("samples/features", name));
}
