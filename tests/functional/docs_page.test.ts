// The pages for developers in a real browser: they run under their Content-Security-Policy, contact only this server,
// and sign a demo account in. SAFARGO_SCREENSHOTS=folder keeps a screenshot of the contract page (docs/images/docs.png).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { atEnd } from "./harness/cleanup.ts";
import { startWorld } from "./harness/world.ts";

const program = "/usr/bin/chromium"; // Debian's: nothing is downloaded
const { api } = await startWorld();
const screenshots = process.env["SAFARGO_SCREENSHOTS"];

const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

let started: Browser | undefined;
async function browser(): Promise<Browser> {
  if (started) return started;
  started = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
  const opened = started;
  atEnd(() => opened.close());
  return opened;
}

/** What must not happen on our pages: messages on the browser's console, and requests to other hosts. */
class Watched {
  readonly troubles: string[] = [];
  readonly strangers: string[] = [];
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      const deepLinks = message.text().startsWith("Deprecated: escaping deep link"); // the library, about itself
      if (message.type() === "error" && !deepLinks) this.troubles.push(message.text());
    });
    page.on("pageerror", (error) => this.troubles.push(String(error)));
    page.on("request", (request) => {
      const own = request.url().startsWith(`${api.origin}/`) || request.url().startsWith("data:");
      if (!own) this.strangers.push(request.url());
    });
  }

  static async open(path: string, viewport = wide, colorScheme: "light" | "dark" = "light"): Promise<Watched> {
    const context = await (await browser()).newContext({ viewport, colorScheme, locale: "en-GB" });
    context.setDefaultTimeout(60_000);
    const watched = new Watched(await context.newPage());
    await watched.page.goto(`${api.origin}${path}`);
    return watched;
  }

  async close(): Promise<void> {
    assert.deepEqual(this.strangers, [], "requests to others");
    assert.deepEqual(this.troubles, [], "the browser's console");
    await this.page.context().close();
  }
}

const skip = existsSync(program) ? false : `${program} is not installed`;

describe("/docs", { skip }, () => {
  test("signs a demo account in and calls the API as that account", async () => {
    const watched = await Watched.open("/docs");
    const { page } = watched;
    await page.locator("#demo button").click();
    await page.getByText(/igned in( as|:)/).waitFor();
    assert.match(await page.locator("#said").innerText(), /^Signed in as/);
    await page.locator("#operations-users-get_users_me .opblock-summary-control").click();
    await page.locator("#operations-users-get_users_me .execute").click();
    const answer = page.locator("#operations-users-get_users_me .live-responses-table .response");
    await answer.getByText("+213550000001").first().waitFor();
    assert.equal((await answer.locator(".response-col_status").first().innerText()).trim(), "200");
    await watched.close();
  });

  test("shows a route as signed in only once somebody is, whether its login is optional or not", async () => {
    const watched = await Watched.open("/docs");
    const { page } = watched;
    const routes = ["places-get_places", "users-get_users_me"]; // the first is for everybody
    const shown = (state: string) => routes.map((route) => page.locator(`#operations-${route} [aria-label$=" ${state}"]`).waitFor());
    await Promise.all(shown("unlocked"));
    await page.locator("#demo button").click();
    await page.getByText(/igned in( as|:)/).waitFor();
    await Promise.all(shown("locked"));
    await watched.close();
  });

  test("offers a body that can be sent, with an Idempotency-Key", async () => {
    const watched = await Watched.open("/docs");
    const { page } = watched;
    await page.locator("#operations-trips-post_trips .opblock-summary-control").click();
    const body = JSON.parse(await page.locator("#operations-trips-post_trips textarea").inputValue());
    assert.equal(body.stops.length, 3);
    assert.ok(Date.parse(body.departure_at) > Date.now(), "a departure in the future");
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.locator("#operations-trips-post_trips .execute").click();
    assert.match((await sent).headers()["idempotency-key"] ?? "", /^[0-9a-f]{32}$/);
    await page.locator("#operations-trips-post_trips .live-responses-table .response").waitFor();
    // No one has signed in: the browser itself reports the 401.
    watched.troubles.splice(0, 1);
    await watched.close();
  });

  for (const colours of ["light", "dark"] as const) {
    test(`fits a phone (${colours})`, async () => {
      const watched = await Watched.open("/docs", phone, colours);
      const { page } = watched;
      await page.locator("#operations-bookings-post_bookings .opblock-summary-control").click();
      await page.locator("#operations-bookings-post_bookings .opblock-body").waitFor();
      const [width, dark] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.classList.contains("dark-mode"),
      ]);
      assert.ok(width <= phone.width, `${width} pixels wide`);
      assert.equal(dark, colours === "dark");
      await watched.close();
    });
  }

  if (screenshots !== undefined) {
    test("is drawn for the README", async () => {
      const watched = await Watched.open("/docs#/bookings/post_bookings");
      await watched.page.locator("#operations-bookings-post_bookings .opblock-body").waitFor();
      await watched.page.evaluate(() => scrollBy(0, -70)); // from under the bar
      await watched.page.screenshot({ path: join(screenshots, "docs.png") });
      await watched.close();
    });
  }
});

describe("/dev/outbox", { skip }, () => {
  test("shows the messages of the requested recipient", async () => {
    await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: "0550 99 88 66" } });
    await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: "0550 99 88 77" } });
    const watched = await Watched.open("/dev/outbox?to=%2B213550998877");
    await watched.page.locator("article").first().waitFor();
    assert.match(await watched.page.locator("article .text").first().innerText(), /\d{6}/);
    assert.equal(await watched.page.locator("article").count(), 1);
    await watched.close();
  });
});

test("the library of /docs is the one that pnpm-lock.yaml pins", async () => {
  const library = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  for (const file of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
    const hash = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
    const served = await (await fetch(`${api.origin}/docs/swagger-ui/${file}`)).text();
    assert.equal(hash(served), hash(readFileSync(join(library, file))), `${file}: pnpm --filter @safargo/api-pages run vendor`);
  }
});
