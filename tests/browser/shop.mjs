// SPDX-License-Identifier: Apache-2.0
// A home with a few printed orders, and the service over it, for the stories in this folder.
import {execFile, spawn} from "node:child_process";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";

const run = promisify(execFile);
const program = process.env.VERSO_PROGRAM;
const source = process.env.VERSO_SOURCE;

export class Shop {
    /** Without printed orders when a story prints them itself. */
    static async open({printed = true} = {}) {
        const shop = new Shop();
        shop.folder = await mkdtemp(join(tmpdir(), "verso-browser-"));
        shop.home = join(shop.folder, "home");
        await shop.verso("init");
        await shop.verso("orders", "import", join(source, "app/demo/orders.csv"));
        if (printed) await shop.print();
        await shop.serve();
        return shop;
    }

    /** The first admin, made by the link on the terminal: the state of a browser that is logged in. */
    async firstAdmin(browser) {
        const {phone} = await import("./browser.mjs");  // not for stories without a browser
        const {link} = JSON.parse(await this.verso("--json", "user", "link"));
        const page = await phone(browser, this.address);
        await page.goto(this.address + link);
        await page.locator("#login").fill("alix");
        await page.locator("#password").fill("une phrase assez longue");
        await page.locator("button.send").click();
        await page.locator("nav .tabs").waitFor();
        const state = await page.context().storageState();
        await page.context().close();
        return state;
    }

    async print() {
        const shop = this;
        await shop.verso("print", "--all", "--template", "a4-fold", "--out", join(shop.folder, "wave.pdf"),
            "--manifest", join(shop.folder, "wave.jsonl"));
        const manifest = await readFile(join(shop.folder, "wave.jsonl"), "utf8");
        shop.inserts = manifest.trim().split("\n").map((line) => JSON.parse(line));
    }

    /** Runs a command; its standard output. */
    async verso(...words) {
        const done = await run(program, ["--home", this.home, ...words], {maxBuffer: 1 << 26});
        return done.stdout;
    }

    async serve() {
        this.server = spawn(program, ["--home", this.home, "--json", "serve", "--listen", "127.0.0.1:0"],
            {stdio: ["ignore", "pipe", "inherit"]});
        const line = await new Promise((resolve, reject) => {
            this.server.stdout.once("data", (bytes) => resolve(bytes.toString()));
            this.server.once("exit", (code) => reject(new Error(`verso serve ended with ${code}`)));
        });
        this.address = JSON.parse(line).listening;
    }

    /** The address of a card's page, as its QR gives it but for the host. */
    page(index) {
        return this.address + new URL(this.inserts[index].link).pathname;
    }

    async order(number) {
        return JSON.parse(await this.verso("--json", "orders", "show", number));
    }

    async ratings() {
        const lines = await this.verso("--json", "ratings", "list");
        return lines.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
    }

    async close() {
        if (this.server && this.server.exitCode === null) {
            const ended = new Promise((resolve) => this.server.once("exit", resolve));
            this.server.kill("SIGTERM");
            await ended;
        }
        await rm(this.folder, {recursive: true, force: true});
    }
}
