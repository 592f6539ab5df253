// SPDX-License-Identifier: Apache-2.0
// The buyer's stories, on a phone, with and without JavaScript.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";

import {axeFindings, launch, look, phone} from "./browser.mjs";
import {Shop} from "./shop.mjs";

let browser, shop;
before(async () => {
    [browser, shop] = await Promise.all([launch(), Shop.open()]);
});
after(async () => {
    await browser?.close();
    await shop?.close();
});

const answer = async (page, question, value) => page.locator(`label:has(input[name="q.${question}"][value="${value}"])`).click();

test("a buyer without JavaScript answers, changes the answer and withdraws it", async () => {
    const page = await phone(browser, shop.address, {javaScriptEnabled: false});
    await page.goto(shop.page(0));
    await look(page, "buyer-form");
    await answer(page, "overall", 4);
    await answer(page, "delivery", 1);
    await page.locator("#comment").fill("Très bien emballé.");
    await page.locator("input[name=publish]").check();
    await page.locator("button[value=scores]").click();
    await look(page, "buyer-done");
    const order = shop.inserts[0].order;
    let rating = (await shop.ratings()).find((one) => one.order === order);
    assert.deepEqual(rating.answers, {overall: 4, delivery: 1});
    assert.equal(rating.comment, "Très bien emballé.");
    assert.equal(rating.publish, true);
    assert.equal(rating.channel, "qr");

    await page.locator("a.button").click();
    assert.equal(await page.locator("input[name='q.overall'][value='4']").isChecked(), true);
    await answer(page, "overall", 2);
    await page.locator("button[value=scores]").click();
    rating = (await shop.ratings()).find((one) => one.order === order);
    assert.equal(rating.answers.overall, 2);

    await page.locator("details:has(#withdraw) summary").click();
    await page.locator("#withdraw button").click();
    assert.equal((await shop.ratings()).some((one) => one.order === order), false);
    await look(page, "buyer-withdrawn");
    await page.context().close();
});

test("with JavaScript a draft is kept and is there when the buyer comes back", async () => {
    const page = await phone(browser, shop.address);
    await page.goto(shop.page(1));
    await answer(page, "overall", 3);
    await page.locator("#comment").fill("Le carton était");
    await page.locator("#saved").filter({hasText: /./}).waitFor();
    await page.context().close();

    const later = await phone(browser, shop.address);
    await later.goto(shop.page(1));
    assert.equal(await later.locator("#comment").inputValue(), "Le carton était");
    assert.equal(await later.locator("input[name='q.overall'][value='3']").isChecked(), true);
    assert.equal((await shop.ratings()).some((one) => one.order === shop.inserts[1].order), false);
    await later.context().close();
});

test("the keyboard alone is enough", async () => {
    const page = await phone(browser, shop.address);
    await page.goto(shop.page(2));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.locator("button[value=scores]").focus();
    await page.keyboard.press("Enter");
    await page.locator(".receipt").waitFor();
    const rating = (await shop.ratings()).find((one) => one.order === shop.inserts[2].order);
    assert.equal(rating.answers.overall, 3);
    await page.context().close();
});

test("a typed code opens the form and shows nothing of the order", async () => {
    const page = await phone(browser, shop.address);
    await page.goto(shop.address + "/");
    await look(page, "buyer-code");
    await page.locator("#code").fill("4K7M-2Q9X-W3HTA");
    await page.locator("button.send").click();
    await page.locator("[role=alert]").waitFor();
    await page.locator("#code").fill(shop.inserts[3].card);
    await page.locator("button.send").click();
    const text = await page.locator("main").innerText();
    assert.ok(!text.includes(shop.inserts[3].order));
    await answer(page, "overall", 5);
    await page.locator("button[value=scores]").click();
    await page.locator("#card").waitFor({state: "detached"});
    const rating = (await shop.ratings()).find((one) => one.order === shop.inserts[3].order);
    assert.equal(rating.channel, "typed");
    await page.context().close();
});

test("nothing is wider than a phone of 320 px, in the largest text, in the dark", async () => {
    const windows = {
        "buyer-320": {viewport: {width: 320, height: 640}},
        "buyer-dark": {colorScheme: "dark"},
        "buyer-large": {viewport: {width: 195, height: 422}, deviceScaleFactor: 2},
    };
    for (const [name, options] of Object.entries(windows)) {
        for (const lang of name === "buyer-320" ? ["fr", "de", "pl", "nl"] : ["fr"]) {
            const page = await phone(browser, shop.address, options);
            await page.goto(shop.page(4) + "?lang=" + lang);
            await look(page, `${name}-${lang}`);
            await page.context().close();
        }
    }
});

test("the order's page and the page for returns", async () => {
    const page = await phone(browser, shop.address, {javaScriptEnabled: false});
    await page.goto(shop.page(6));
    await page.getByRole("link", {name: "Votre commande"}).click();
    await look(page, "buyer-order");
    assert.ok((await page.locator("main").innerText()).includes(shop.inserts[6].order));
    await page.goto(shop.page(6) + "/return");
    await look(page, "buyer-return");
    await page.locator("summary").click();
    await page.locator("details button").click();
    await page.locator("[role=status]").waitFor();
    await look(page, "buyer-contract-withdrawn");
    await page.context().close();
});

test("axe finds nothing", async () => {
    for (const [place, options] of [[shop.page(4), {}], [shop.page(4), {colorScheme: "dark"}],
        [shop.page(0), {}], [shop.page(3), {colorScheme: "dark"}], [shop.address + "/", {}],
        [shop.page(4) + "/order", {colorScheme: "dark"}], [shop.page(4) + "/return", {}], [shop.address + "/C/00", {}]]) {
        assert.deepEqual(await axeFindings(browser, place, options), [], place);
    }
});

test("the first page comes in two requests of under 30 KB, without cookies", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let requests = 0, bytes = 0;
    page.on("response", async (response) => {
        ++requests;
        bytes += (await response.body()).length;
    });
    await page.goto(shop.page(5), {waitUntil: "networkidle"});
    assert.ok(requests <= 2, `${requests} requests`);
    assert.ok(bytes < 30_000, `${bytes} bytes`);
    assert.deepEqual(await context.cookies(), []);
    await context.close();
});
