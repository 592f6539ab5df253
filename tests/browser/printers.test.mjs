// SPDX-License-Identifier: Apache-2.0
// The printers' stories: an admin adds one, a packer prints on it, a jam is a question with an answer.
import assert from "node:assert/strict";
import {chmod, mkdir, readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {after, before, test} from "node:test";

import {axeFindings, launch, look, phone} from "./browser.mjs";
import {Shop} from "./shop.mjs";

let browser, shop, state, paper, script;

const desk = async (more = {}) => phone(browser, shop.address, {viewport: {width: 1100, height: 800}, storageState: state, ...more});
const papers = async () => (await readdir(paper)).filter((name) => !name.startsWith("."));
const until = async (what, wanted) => {
    for (let tries = 0; tries < 200; ++tries) {
        if (await wanted()) return;
        await new Promise((next) => setTimeout(next, 50));
    }
    assert.fail(what);
};

before(async () => {
    [browser, shop] = await Promise.all([launch(), Shop.open({printed: false})]);
    paper = join(shop.folder, "paper");
    script = join(shop.folder, "print.sh");
    await mkdir(paper);
    // Jams until somebody mends it.
    await writeFile(script, `#!/bin/sh\ncat > '${paper}/'"$VERSO_JOB"\n[ -e '${shop.folder}/mended' ] || { echo jammed >&2; exit 1; }\n`);
    await chmod(script, 0o755);
    state = await shop.firstAdmin(browser);
});
after(async () => {
    await browser?.close();
    await shop?.close();
});

test("an admin adds a printer, and is told what is wrong with an address", async () => {
    const page = await desk();
    await page.goto(shop.address + "/desk/main/printers");
    await look(page, "desk-printers-none");
    const add = async (name, uri) => {
        await page.locator("#name").fill(name);
        await page.locator("#uri").fill(uri);
        await page.locator("button[value=add]").click();
    };
    await add("poste", "ftp://nowhere.example.com");
    await page.locator("p.fault[role=alert]").waitFor();
    assert.ok((await page.locator("p.fault[role=alert]").innerText()).includes("ipp://"));
    await add("poste", "file:" + paper);
    await page.locator("tr[data-printer=poste]").waitFor();
    await page.context().close();
});

test("a packer's sheet comes to paper", async () => {
    const page = await desk();
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator("#scan").fill("#2001");
    await page.keyboard.press("Enter");
    await page.locator(".verdict h2").waitFor();
    assert.equal(await page.locator(".verdict h2").innerText(), "IMPRIMÉ");
    await until("the sheet did not come", async () => (await papers()).length === 1);
    await look(page, "desk-bench-printer");
    await page.context().close();
});

test("a jam is a question, and its answer lets the printer go on", async () => {
    await shop.verso("printer", "add", "jam", "command:" + script);
    const page = await desk();
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator("#printer").selectOption("jam");
    await page.locator("#scan").fill("#2002");
    await page.keyboard.press("Enter");
    await page.locator("#asks:not([hidden])").waitFor();
    await page.locator("#asks a").click();
    await page.locator("article.asked").waitFor();
    assert.ok((await page.locator("article.asked").innerText()).includes("jammed"));
    await look(page, "desk-printers-asks");
    for (const place of ["printers", "bench"]) {
        assert.deepEqual(await axeFindings(browser, `${shop.address}/desk/main/${place}`, {storageState: state}), []);
    }
    const before = (await papers()).length;
    await writeFile(join(shop.folder, "mended"), "");
    await page.locator("button[value=again]").click();
    await until("it was not printed again", async () => (await papers()).length === before + 1);
    await page.locator("article.asked").waitFor({state: "detached"});
    await look(page, "desk-printers");
    await page.context().close();
});

test("the page of printers works on a phone without JavaScript", async () => {
    const page = await phone(browser, shop.address, {javaScriptEnabled: false, storageState: state});
    await page.goto(shop.address + "/desk/main/printers");
    await page.locator("tr[data-printer=poste] button[value=pause]").click();
    await page.locator("tr[data-printer=poste] button[value=resume]").waitFor();
    await look(page, "desk-printers-phone");
    await page.locator("tr[data-printer=poste] button[value=resume]").click();
    await page.locator("tr[data-printer=poste] button[value=pause]").waitFor();
    await page.context().close();
});
