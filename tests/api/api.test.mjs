// SPDX-License-Identifier: Apache-2.0
// Every operation of the API through Prism's proxy, which answers with an error of its own when a request or a
// response is not as the description says.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {readFile} from "node:fs/promises";
import {createServer} from "node:net";
import {join} from "node:path";
import {after, before, test} from "node:test";

import {Shop} from "../browser/shop.mjs";

const file = join(process.env.VERSO_SOURCE, "templates/api/openapi.json");
const description = JSON.parse(await readFile(file, "utf8"));
let shop, prism, address, key;
const used = new Set();

async function freePort() {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const {port} = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

before(async () => {
    shop = await Shop.open();
    const scopes = "orders:read orders:write ratings:read returns:read returns:write events:write figures:read hooks:write scans:write";
    key = JSON.parse(await shop.verso("--json", "user", "key", "add", "test", "--scopes", scopes)).key;
    const port = await freePort();
    prism = spawn(join(process.env.VERSO_NODE_MODULES, "node_modules/.bin/prism"),
        ["proxy", file, shop.address, "--errors", "--port", String(port)], {stdio: ["ignore", "pipe", "pipe"]});
    await new Promise((resolve, reject) => {
        prism.stdout.on("data", (bytes) => {
            if (bytes.toString().includes("is listening")) resolve();
        });
        prism.once("exit", (code) => reject(new Error(`prism ended with ${code}`)));
    });
    address = `http://127.0.0.1:${port}`;
});
after(async () => {
    prism?.kill("SIGKILL");
    await shop?.close();
});

function operation(method, path) {
    const matches = ([pattern, operations]) => operations[method] &&
        new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
    const found = Object.entries(description.paths).filter(matches).sort(([one], [other]) => one.includes("{") - other.includes("{"));
    return found[0]?.[1][method].operationId;
}

/** One call, through Prism. What Prism itself refuses is a failure. */
async function ask(method, path, expected, body, headers = {}) {
    const options = {method: method.toUpperCase(), headers: {authorization: `Bearer ${key}`, ...headers}};
    if (body !== undefined) {
        options.body = JSON.stringify(body);
        options.headers["content-type"] = "application/json";
    }
    const response = await fetch(address + path, options);
    const text = await response.text();
    assert.ok(!text.includes("stoplight.io/prism/errors"), `${method} ${path}: ${text}`);
    assert.equal(response.status, expected, `${method} ${path}: ${text}`);
    if (expected < 300) used.add(operation(method, path.split("?")[0]));
    return text ? JSON.parse(text) : null;
}

const order = {
    order: "#9001", placed_at: "2026-10-01T11:36:43+02:00", status: "open", payment: "paid", currency: "EUR", language: "fr",
    name: "Zoé Specimen", line1: "1 rue d’Exemple", postcode: "07140", city: "Les Vans", country: "FR", total: "24.70",
    parcels: [{parcel: 1, carrier: "Example Post", tracking: "TEST-9001"}],
    lines: [{line: 1, sku: "SPEC-1", title: "Specimen soap", quantity: 2, unit_price: "9.90", parcel: 1}],
};

test("orders and cards", async () => {
    assert.equal((await ask("post", "/api/v1/orders", 201, order)).result, "new");
    assert.equal((await ask("put", "/api/v1/orders/9001", 200, order)).result, "unchanged");
    assert.equal((await ask("post", "/api/v1/orders/import", 200, {orders: [{...order, order: "#9002"}]})).new, 1);
    assert.equal((await ask("get", "/api/v1/orders/9001", 200)).lines.length, 1);
    let seen = 0, cursor = "";
    for (let more = true; more;) {
        const page = await ask("get", `/api/v1/orders?limit=7${cursor && `&cursor=${cursor}`}`, 200);
        seen += page.data.length;
        ({more, next: cursor} = page);
    }
    assert.equal(seen, (await shop.verso("--json", "orders", "list")).trim().split("\n").length);
    assert.equal((await ask("post", "/api/v1/orders/9002/cancel", 200, {reason: "sold out"})).status, "cancelled");
    await ask("post", "/api/v1/orders/9002/cancel", 409, {reason: "sold out"});
    await ask("get", "/api/v1/orders/404", 404);
    assert.equal((await ask("get", `/api/v1/cards/${shop.inserts[0].card}`, 200)).state, "printed");
    await ask("get", "/api/v1/cards/4K7M2Q9XW3HTA", 404);
});

test("the same request is done once", async () => {
    const once = {"idempotency-key": "one"};
    const body = {...order, order: "#9003"};
    const first = await ask("post", "/api/v1/orders", 201, body, once);
    assert.deepEqual(await ask("post", "/api/v1/orders", 201, body, once), first);
});

test("ratings, responses and figures", async () => {
    const form = new URLSearchParams({"q.overall": "4", "q.delivery": "1", kind: "scores"});
    const page = await (await fetch(shop.page(0))).text();
    for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) form.set(name, value);
    const sent = await fetch(shop.page(0), {method: "POST", body: form, redirect: "manual"});
    assert.ok(sent.status < 400, `${sent.status}`);
    const ratings = await ask("get", "/api/v1/ratings?limit=10", 200);
    assert.equal(ratings.data.length, 1);
    assert.deepEqual((await ask("get", `/api/v1/ratings?cursor=${ratings.next}`, 200)).data, []);
    assert.equal((await ask("get", `/api/v1/ratings/${encodeURIComponent(shop.inserts[0].order)}`, 200)).answers.overall, 4);
    assert.equal((await ask("get", "/api/v1/responses", 200)).data[0].outcome, "first");
    assert.ok((await ask("get", "/api/v1/figures?by=carrier", 200)).all.printed > 0);
});

test("events and returns", async () => {
    const told = {tracking: "TEST-9001", status: "delivered", at: "2026-10-04T10:00:00+02:00"};
    assert.equal((await ask("post", "/api/v1/events", 200, {events: [told]})).new, 1);
    assert.equal((await ask("post", "/api/v1/events", 200, told)).known, 1);
    assert.equal((await ask("get", "/api/v1/orders/9001", 200)).state, "delivered");
    const made = await ask("post", "/api/v1/returns", 201, {order: "#9001", lines: [{line: 1, quantity: 1, reason: "damaged"}]});
    assert.equal((await ask("get", "/api/v1/returns?state=announced", 200)).data.length, 1);
    await ask("post", `/api/v1/returns/${made.rma}/receive`, 200, {});
    await ask("post", `/api/v1/returns/${made.rma}/inspect`, 200, {lines: [{line: 1, received: 1, condition: "damaged"}]});
    assert.equal((await ask("get", `/api/v1/returns/${made.rma}`, 200)).state, "inspected");
    await ask("get", "/api/v1/returns/7QF2M4KD9", 404);
});

test("scans", async () => {
    const headers = {authorization: `Bearer ${key}`, "content-type": "image/x-portable-graymap"};
    const body = Buffer.concat([Buffer.from("P5 64 64 255\n"), Buffer.alloc(64 * 64, 255)]);
    const sent = await fetch(`${address}/api/v1/scans?name=blank.pgm`, {method: "POST", headers, body});
    const ticket = await sent.json();
    assert.equal(sent.status, 202, JSON.stringify(ticket));
    used.add("sendScan");
    let state;
    for (let tries = 0; tries < 100 && !["done", "dead"].includes(state); ++tries) {
        state = (await ask("get", `/api/v1/scans/${ticket.id}`, 200)).state;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(state, "done");
    await ask("get", `/api/v1/scans/${"0".repeat(64)}`, 404);
});

test("hooks, and the description itself", async () => {
    const made = await ask("post", "/api/v1/hooks", 201, {url: "https://shop.example.com/verso", kinds: ["all"]});
    assert.equal((await ask("get", "/api/v1/hooks", 200)).data.length, 1);
    await ask("delete", `/api/v1/hooks/${made.id}`, 204);
    await ask("delete", `/api/v1/hooks/${made.id}`, 404);
    assert.equal((await ask("get", "/api/v1/openapi.json", 200)).openapi, "3.1.0");
});

test("without a key, and with one that may not", async () => {
    await ask("get", "/api/v1/orders", 401, undefined, {authorization: `Bearer ${"0".repeat(32)}`});
    const other = JSON.parse(await shop.verso("--json", "user", "key", "add", "less", "--scopes", "orders:read")).key;
    await ask("get", "/api/v1/ratings", 403, undefined, {authorization: `Bearer ${other}`});
});

test("every operation of the description was used", () => {
    const all = Object.values(description.paths).flatMap((operations) => Object.values(operations).map((one) => one.operationId));
    assert.deepEqual([...used].sort(), all.sort());
});
