// SPDX-License-Identifier: Apache-2.0
// What people send and settle: photos, a return's label, a dispute, an export of orders, settings.
import assert from "node:assert/strict";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {after, before, test} from "node:test";

import {axeFindings, launch, look, phone} from "./browser.mjs";
import {Shop} from "./shop.mjs";

const photos = join(process.env.VERSO_SOURCE, "tests/data/images");
let browser, shop, admin;

const desk = async (options = {}) =>
    phone(browser, shop.address, {viewport: {width: 1100, height: 800}, storageState: admin, ...options});
const narrow = {viewport: {width: 320, height: 700}};

before(async () => {
    [browser, shop] = await Promise.all([launch(), Shop.open()]);
    const orders = await readFile(join(process.env.VERSO_SOURCE, "app/demo/orders.csv"), "utf8");
    await writeFile(join(shop.folder, "shipped.csv"), orders.replaceAll(",open,", ",shipped,"));
    await shop.verso("orders", "import", join(shop.folder, "shipped.csv"));
    admin = await shop.firstAdmin(browser);
});
after(async () => {
    await browser?.close();
    await shop?.close();
});

test("a buyer without JavaScript sends photos, the staff sees them, and the buyer disputes", async () => {
    const page = await phone(browser, shop.address, {javaScriptEnabled: false, ...narrow});
    await page.goto(shop.page(0));
    await look(page, "people-photo-form");
    await page.locator('label:has(input[name="q.overall"][value="2"])').click();
    await page.locator("#photo").setInputFiles([join(photos, "color420.jpg"), join(photos, "cairo.pdf")]);
    await page.locator("button[value=scores]").click();
    await page.locator("[role=alert]").waitFor();
    await look(page, "people-photo-done");
    assert.match(await page.locator("main").innerText(), /Photos jointes : 1/);
    await page.locator("details:has(#dispute) summary").click();
    await page.locator("#dispute button").click();
    await page.locator("p[role=status]").waitFor();
    await look(page, "people-disputed");
    await page.context().close();

    const staff = await desk();
    await staff.goto(shop.address + "/desk/main/ratings");
    const photo = staff.locator(".photos img");
    await photo.scrollIntoViewIfNeeded();
    await staff.waitForFunction(() => document.querySelector(".photos img").naturalWidth > 0);
    await look(staff, "people-ratings");
    await staff.goto(shop.address + "/desk/main/review");
    await look(staff, "people-review");
    await staff.goto(shop.address + "/desk/main/customers?order=" + encodeURIComponent(shop.inserts[0].order));
    await look(staff, "people-customer");
    await staff.locator("#dispute-reason").fill("autre main");
    await staff.locator("button[value=remove]").click();
    await staff.locator("h1").waitFor();
    assert.equal((await shop.ratings()).length, 0);
    await staff.context().close();
});

test("with JavaScript a photo that is too large is told before it is sent", async () => {
    const page = await phone(browser, shop.address);
    await page.goto(shop.page(1));
    await page.locator("#photo").setInputFiles({name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(9 << 20)});
    assert.equal(await page.locator("#photo").evaluate((input) => input.validity.customError), true);
    await page.locator("#photo").setInputFiles([]);
    assert.equal(await page.locator("#photo").evaluate((input) => input.validity.valid), true);
    await page.locator('label:has(input[name="q.overall"][value="4"])').click();
    await page.locator("button[value=scores]").click();
    await page.locator(".receipt").waitFor();
    assert.deepEqual(await axeFindings(browser, shop.page(2)), []);
    await page.context().close();
});

test("a return's label is downloaded", async () => {
    const page = await phone(browser, shop.address, narrow);
    await page.goto(shop.page(2) + "/return");
    await page.locator("select[name^=pieces]").first().selectOption("1");
    await page.locator("button.send").click();
    const link = page.locator('a[href$=".pdf"]');
    await link.waitFor();
    await look(page, "people-return");
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.match(download.suggestedFilename(), /^return-.*\.pdf$/);
    await page.context().close();
    assert.deepEqual(await axeFindings(browser, shop.page(2) + "/return"), []);
});

test("an export of orders is looked through and taken in", async () => {
    const page = await desk();
    await page.goto(shop.address + "/desk/main/import");
    await look(page, "people-import");
    await page.locator("#file").setInputFiles(join(shop.folder, "shipped.csv"));
    await page.locator("section[data-phase=checked]").waitFor();
    await look(page, "people-import-checked");
    await page.locator("section form button.send").click();
    await page.locator("section[data-phase=imported]").waitFor();
    await look(page, "people-import-done");
    assert.deepEqual(await axeFindings(browser, shop.address + "/desk/main/import", {storageState: admin}), []);
    await page.context().close();
});

test("settings are changed in the browser", async () => {
    const page = await desk(narrow);
    await page.goto(shop.address + "/desk/main/shop");
    await page.locator('[id="set-privacy.images_days"]').fill("45");
    await look(page, "people-settings-narrow");
    await page.locator("form.settings button.send").click();
    await page.locator("p.good").waitFor();
    assert.equal(await page.locator('[id="set-privacy.images_days"]').inputValue(), "45");
    await page.setViewportSize({width: 1100, height: 800});
    await look(page, "people-settings");
    assert.match(await readFile(join(shop.home, "verso.toml"), "utf8"), /images_days = 45/);
    assert.deepEqual(await axeFindings(browser, shop.address + "/desk/main/shop", {storageState: admin}), []);
    await page.context().close();
});
