// A file that is dropped is sent at once; while it is looked through or taken in, the page asks how
// far it is. The page works without it.
"use strict";
const form = document.getElementById("import-form");
const csrf = document.querySelector('meta[name="csrf"]').content;
const send = async (file) => {
    const told = document.getElementById("told");
    told.textContent = "";
    const answer = await fetch(form.action + "/" + encodeURIComponent(file.name.replaceAll("/", "_") || "orders"), {
        method: "PUT",
        headers: {"X-Verso-Csrf": csrf, "Accept": "application/json"},
        body: file,
    }).catch(() => null);
    const text = answer ? await answer.text() : "";
    if (answer && answer.status === 202) location.assign(text);
    else told.textContent = text || "…";
};
if (form) {
    const input = document.getElementById("file");
    input.addEventListener("change", () => input.files.length && send(input.files[0]));
    form.addEventListener("dragover", (event) => {
        event.preventDefault();
        form.classList.add("over-it");
    });
    form.addEventListener("dragleave", () => form.classList.remove("over-it"));
    form.addEventListener("drop", (event) => {
        event.preventDefault();
        form.classList.remove("over-it");
        if (event.dataTransfer.files.length) send(event.dataTransfer.files[0]);
    });
}
const section = document.getElementById("import");
if (section && "running" in section.dataset) {
    const ask = async () => {
        const answer = await fetch(section.dataset.state).catch(() => null);
        const phase = answer && answer.ok ? await answer.text() : section.dataset.phase;
        if (phase !== section.dataset.phase) location.reload();
        else setTimeout(ask, 1000);
    };
    setTimeout(ask, 500);
}
