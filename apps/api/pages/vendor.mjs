// Copies the library of /docs from node_modules to where the service's build embeds it: `pnpm run vendor` after its
// version changed. The build itself needs no Node (docs/adr/0015-contract-page.md).
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const library = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const files = ["swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css", "LICENSE", "NOTICE"];
for (const file of files) copyFileSync(join(library, file), join(import.meta.dirname, "docs/swagger-ui", file));
