// SPDX-License-Identifier: Apache-2.0
// The desk's stories: the first admin, a packer at the bench, the shop's people and ratings.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";

import {axeFindings, launch, look, phone} from "./browser.mjs";
import {Shop} from "./shop.mjs";

const password = "une phrase assez longue";
let browser, shop, admin, packer;

const desk = async (state) => phone(browser, shop.address, {viewport: {width: 1100, height: 800}, storageState: state});

/** Somebody's first steps: the link of an admin, a password of their own. */
const enter = async (link, name) => {
    const page = await desk();
    await page.goto(shop.address + link);
    await look(page, "desk-link-" + name);
    if (await page.locator("#login").count()) await page.locator("#login").fill(name);
    await page.locator("#password").fill(password);
    await page.locator("button.send").click();
    await page.locator("nav .tabs").waitFor();
    const state = await page.context().storageState();
    await page.context().close();
    return state;
};

before(async () => {
    [browser, shop] = await Promise.all([launch(), Shop.open({printed: false})]);
    const made = JSON.parse(await shop.verso("--json", "user", "link"));
    admin = await enter(made.link, "alix");
});
after(async () => {
    await browser?.close();
    await shop?.close();
});

test("the admin gives a packer a link, and the packer sees a packer's desk", async () => {
    const page = await desk(admin);
    await page.goto(shop.address + "/desk/main/users");
    await page.locator("form:has(button[value=add]) input[name=login]").fill("emma");
    await page.locator("button[value=add]").click();
    const field = page.locator("input.wide-field");
    await field.waitFor();
    const link = new URL(await field.inputValue()).pathname;
    await look(page, "desk-users");
    await page.context().close();
    packer = await enter(link, "emma");
    const bench = await desk(packer);
    await bench.goto(shop.address + "/desk");
    await bench.locator("#scan").waitFor();
    const tabs = await bench.locator(".tabs a").allInnerTexts();
    assert.ok(tabs.includes("Poste") && !tabs.includes("Boutique") && !tabs.includes("Avis"), tabs.join());
    const refused = await bench.goto(shop.address + "/desk/main/users");
    assert.equal(refused.status(), 403);
    await bench.context().close();
});

test("a packer scans, is told PRINTED or STOP, and reprints for a reason", async () => {
    const page = await desk(packer);
    await page.goto(shop.address + "/desk/main/bench");
    const scan = async (text) => {
        const before = await page.locator("#past li").count();
        await page.keyboard.type(text);
        await page.keyboard.press("Enter");
        await page.locator("#past li").nth(before).waitFor();
        return page.locator(".verdict h2").innerText();
    };
    assert.equal(await scan("#2001"), "IMPRIMÉ");
    await look(page, "desk-bench-printed");
    assert.equal(await scan("2001"), "STOP");
    await look(page, "desk-bench-stop");
    assert.equal((await shop.order("#2001")).state, "packing", "the sheet is recorded");
    const before = await page.locator("#past li").count();
    await page.locator(".verdict select").selectOption({index: 1});
    await page.locator(".verdict button").click();
    await page.locator("#past li").nth(before).waitFor();
    assert.equal(await page.locator(".verdict h2").innerText(), "IMPRIMÉ");
    const sheet = await page.request.get(shop.address + await page.locator(".verdict .open a").getAttribute("href"));
    assert.equal(sheet.headers()["content-type"], "application/pdf");
    assert.equal((await sheet.body()).subarray(0, 5).toString(), "%PDF-");
    assert.equal(await scan("4711"), "STOP");
    await page.context().close();
});

test("a wave is printed to its end", async () => {
    const page = await desk(packer);
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator("button[value=start]").click();
    await page.locator("tr[data-wave]").waitFor();
    await page.waitForFunction(() => {
        const bar = document.querySelector("tr[data-wave] progress");
        return bar && bar.max > 0 && bar.value === bar.max && !document.querySelector("[data-running]");
    }, null, {timeout: 60000});
    await look(page, "desk-waves");
    await page.context().close();
    const waves = await shop.verso("orders", "list", "--state", "paid");
    assert.ok(!waves.includes("#2010"), "every parcel has its sheet");
});

test("the bench works without JavaScript", async () => {
    const page = await phone(browser, shop.address, {javaScriptEnabled: false, storageState: packer});
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator("#scan").fill("#2002");
    await page.locator("#scan-form button.send").click();
    await page.locator(".verdict").waitFor();
    assert.equal(await page.locator(".verdict h2").innerText(), "STOP");
    await look(page, "desk-bench-phone");
    await page.context().close();
});

test("the merchant sees the score, replies and exports", async () => {
    const {cards} = await shop.order("#2001");
    const {card} = cards.find((one) => one.state === "printed");
    await shop.verso("ratings", "record", card, "--by", "alix", "--answer", "overall=4", "--comment", "Bien emballé.");
    const page = await desk(admin);
    await page.goto(shop.address + "/desk/main/ratings");
    await page.locator("article.said summary").first().click();
    await page.locator("article.said textarea").first().fill("Merci beaucoup !");
    await page.locator("button[value=reply]").first().click();
    await page.locator(".reply").waitFor();
    assert.ok((await page.locator(".reply").innerText()).includes("Merci beaucoup"));
    await look(page, "desk-ratings");
    const file = await page.request.get(shop.address + "/desk/main/ratings/export?kind=ratings&format=csv");
    assert.ok((await file.text()).includes("Bien emballé."));
    await page.goto(shop.address + "/desk/main/shop");
    await look(page, "desk-shop");
    await page.goto(shop.address + "/desk/main/audit");
    assert.ok((await page.locator("table").innerText()).includes("rating reply"));
    await look(page, "desk-audit");
    await page.context().close();
});

test("axe finds nothing at the desk, on a desk's screen or a phone's", async () => {
    const login = await axeFindings(browser, shop.address + "/desk/login");
    assert.deepEqual(login, []);
    for (const place of ["bench", "ratings", "shop", "users", "keys", "audit"]) {
        for (const window of [{viewport: {width: 1100, height: 800}}, {viewport: {width: 320, height: 640}, colorScheme: "dark"}]) {
            const found = await axeFindings(browser, `${shop.address}/desk/main/${place}`, {storageState: admin, ...window});
            assert.deepEqual(found, [], place);
        }
        const small = await phone(browser, shop.address, {viewport: {width: 320, height: 640}, storageState: admin});
        await small.goto(`${shop.address}/desk/main/${place}`);
        await look(small, `desk-320-${place}`);
        await small.context().close();
    }
});

test("logging out closes the desk", async () => {
    const page = await desk(packer);
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator(".who summary").click();
    await page.locator(".menu button").click();
    await page.locator("#password").waitFor();
    await page.goto(shop.address + "/desk/main/bench");
    await page.locator("#password").waitFor();
    await page.context().close();
});
