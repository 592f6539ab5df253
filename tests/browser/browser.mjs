// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, and what every page must be: no findings of axe, nothing wider than the screen.
import assert from "node:assert/strict";
import {mkdir} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";

const require = createRequire(join(process.env.VERSO_NODE_MODULES, "package.json"));
const {chromium} = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const pictures = process.env.VERSO_PICTURES;

export async function launch() {
    return chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"]});
}

/** A phone's window; requests to anywhere but `address` are a failure of the test. */
export async function phone(browser, address, options = {}) {
    const context = await browser.newContext(
        {viewport: {width: 390, height: 844}, bypassCSP: false, locale: "fr-FR", ...options});
    const foreign = [];
    context.on("request", (request) => {
        // The browser asks itself too, for its viewer of PDFs.
        if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(address)) foreign.push(request.url());
    });
    const page = await context.newPage();
    page.faults = [];
    page.on("console", (message) => {
        // A status of 4xx is told on the console too; the stories look at those themselves.
        if (message.type() === "error" && !message.text().includes("status of 4")) page.faults.push(message.text());
    });
    page.on("pageerror", (error) => page.faults.push(String(error)));
    page.foreign = foreign;
    return page;
}

/** Fails on what axe finds against WCAG 2.2 A and AA, on sideways scrolling, on errors of scripts. */
export async function look(page, name) {
    if (pictures) {
        await mkdir(pictures, {recursive: true});
        await page.screenshot({path: join(pictures, `${name}.png`), fullPage: true});
    }
    assert.deepEqual(page.foreign, [], `${name}: asks other hosts`);
    assert.deepEqual(page.faults, [], `${name}: errors on the console`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}: ${wide} px wider than the screen`);
}

/** axe needs its script in the page, which our policy forbids: a second window without the policy. */
export async function axeFindings(browser, url, options = {}) {
    const context = await browser.newContext({viewport: {width: 390, height: 844}, bypassCSP: true, ...options});
    const page = await context.newPage();
    await page.goto(url);
    await page.addScriptTag({path: axe});
    const result = await page.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
    await context.close();
    return result.violations.map((found) => `${found.id}: ${found.help}: ${found.nodes.map((node) => node.html).join(" | ")}`);
}
