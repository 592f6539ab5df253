// SPDX-License-Identifier: Apache-2.0
// The desk's other stories: scans come in, a doubtful card is settled by keys, an order is found.
import assert from "node:assert/strict";
import {execFile} from "node:child_process";
import {after, before, test} from "node:test";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";

import {axeFindings, launch, look, phone} from "./browser.mjs";
import {Shop} from "./shop.mjs";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
let browser, shop, state;

const desk = (options = {}) =>
    phone(browser, shop.address, {viewport: {width: 1100, height: 800}, storageState: state, ...options});

/** The card of the n-th print as a scanner sends it: its file. */
const card = async (index, name, ...marks) => {
    const file = join(shop.folder, name);
    await run("python3", ["-B", join(here, "card.py"), process.env.VERSO_PROGRAM, shop.home, join(shop.folder, "wave.pdf"),
        String(shop.inserts[index].first_page), file, ...marks]);
    return file;
};

before(async () => {
    [browser, shop] = await Promise.all([launch(), Shop.open()]);
    state = await shop.firstAdmin(browser);
});
after(async () => {
    await browser?.close();
    await shop?.close();
});

test("files are dropped in, read, and told", async () => {
    const page = await desk();
    await page.goto(shop.address + "/desk/main/scans");
    await look(page, "scans");
    await page.setInputFiles("#files", [
        await card(0, "deux.png", "overall=3", "overall=4", "delivery=1"),
        await card(1, "bon.png", "overall=5", "delivery=1"),
        await card(2, "vide.png")]);
    for (const name of ["deux.png", "bon.png", "vide.png"]) {
        const line = page.locator("#sent li", {hasText: name});
        await line.locator(".state", {hasText: "lu ·"}).waitFor({timeout: 60000});
    }
    await look(page, "scans-read");
    await page.reload();
    await page.locator("table").waitFor();
    await look(page, "scans-list");
    assert.equal((await shop.ratings()).length, 1);
    await page.context().close();
    assert.deepEqual(await axeFindings(browser, shop.address + "/desk/main/scans", {storageState: state}), []);
});

test("a doubtful card is settled by two keys, and taken back by one", async () => {
    const page = await desk();
    await page.goto(shop.address + "/desk/main/review");
    const cut = page.locator(".ask.doubt svg.cut");
    await cut.waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll("svg image")].every((image) =>
        performance.getEntriesByName(new URL(image.getAttribute("href"), location).href).length > 0));
    await look(page, "review");
    await page.keyboard.press("4");
    assert.equal(await page.locator("#q-overall-4").isChecked(), true);
    await page.keyboard.press("Enter");
    await page.locator(".told").waitFor();
    const rated = (await shop.ratings()).map((rating) => rating.answers.overall);
    assert.deepEqual(rated.sort(), [4, 5]);
    await page.keyboard.press("u");
    await page.locator(".told").waitFor({state: "detached"});
    await page.locator(".ask.doubt").waitFor();
    assert.equal((await shop.ratings()).length, 1);
    await page.keyboard.press("3");
    await page.keyboard.press("Enter");
    await page.locator(".told").waitFor();
    assert.deepEqual((await shop.ratings()).map((rating) => rating.answers.overall).sort(), [3, 5]);
    // What is left is blank: it is put away for a reason.
    await page.keyboard.press("d");
    await page.locator("#why-discard").fill("rien dessus");
    await page.keyboard.press("Enter");
    await page.locator(".nothing").waitFor();
    await page.context().close();
});

test("without a script a card is settled by a form", async () => {
    const file = await card(3, "douteux.png", "overall=1", "overall=2");
    await shop.verso("scan", file);
    const page = await desk({javaScriptEnabled: false});
    await page.goto(shop.address + "/desk/main/review");
    await page.locator("label.choice:has(#q-overall-2)").click();
    await page.locator("button[value=settle]").click();
    await page.locator(".nothing").waitFor();
    await page.context().close();
    assert.equal((await shop.ratings()).length, 3);
});

test("an order is found by what is at hand, and fits a phone", async () => {
    const number = shop.inserts[0].order;
    const page = await desk();
    await page.goto(shop.address + "/desk/main/customers");
    await look(page, "customers");
    await page.locator("#q").fill(number);
    await page.keyboard.press("Enter");
    await page.locator("h1", {hasText: number}).waitFor();
    await look(page, "order");
    const place = page.url();
    await page.goto(shop.address + "/desk/main/returns");
    await page.locator("#code").waitFor();
    await look(page, "returns");
    await page.context().close();
    const small = await desk({viewport: {width: 320, height: 700}, colorScheme: "dark"});
    await small.goto(place);
    await look(small, "order-phone");
    await small.goto(shop.address + "/desk/main/scans");
    await look(small, "scans-phone");
    await small.context().close();
    for (const one of [place, shop.address + "/desk/main/customers", shop.address + "/desk/main/returns"]) {
        assert.deepEqual(await axeFindings(browser, one, {storageState: state}), []);
    }
});
