// Review by keys: a number chooses a box of the first question that is not said yet, Enter settles.
// The page works without it.
const form = document.getElementById("review-form");
const item = document.getElementById("item");

const groups = form ? [...form.querySelectorAll(".ask")] : [];
const is_said = (group) => group.querySelector("input:checked") !== null;
let current = groups.find((group) => group.classList.contains("doubt") && !is_said(group)) || groups[0];

const point = (group) => {
    for (const one of groups) one.classList.toggle("now", one === group);
    current = group;
    if (group) group.scrollIntoView({block: "nearest"});
};
point(current);
for (const group of groups) group.addEventListener("focusin", () => point(group));

const choose = (key) => {
    const box = current && current.querySelector(`input[data-key="${key}"]`);
    if (!box) return;
    box.checked = true;
    const next = groups.find((group) => group.classList.contains("doubt") && !is_said(group));
    if (next) point(next);
};

const open = (id) => {
    const block = document.getElementById(id);
    if (!block) return null;
    block.open = true;
    return block;
};
const submit = (id) => {
    const other = document.getElementById(id);
    if (other) other.requestSubmit(other.querySelector("button"));
};

const acts = {
    u: () => submit("undo-form"),
    r: () => submit("rescan-form"),
    c: () => {
        const whole = document.getElementById("whole");
        if (!whole) return;
        whole.open = !whole.open;
        if (whole.open) point(whole.querySelector(".ask"));
    },
    d: () => {
        const block = open("discard");
        if (block) block.querySelector("input[name=reason]").focus();
    },
    k: () => {
        const code = document.getElementById("code");
        if (code) code.focus();
    },
    n: () => {
        const later = document.querySelector('.acts a[href*="after="]');
        if (later) location.assign(later.href);
    },
};

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writes = event.target.closest && event.target.closest("textarea, select, input:not([type=radio])");
    if (writes) return;
    if (/^[0-9]$/.test(event.key)) {
        event.preventDefault();
        choose(event.key);
    } else if (event.key === "Enter" && form && !event.target.closest("button, a, summary")) {
        event.preventDefault();
        const send = form.querySelector('button[value="settle"]');
        form.requestSubmit(send);
    } else if (acts[event.key.toLowerCase()]) {
        event.preventDefault();
        acts[event.key.toLowerCase()]();
    }
});

// Sent once, however often Enter is hit.
let is_sent = false;
for (const one of document.querySelectorAll("article form")) {
    one.addEventListener("submit", (event) => {
        if (is_sent) event.preventDefault();
        is_sent = true;
    });
}
addEventListener("pageshow", () => { is_sent = false; });

// The next card's picture is there before it is asked for.
if (item && item.dataset.next) addEventListener("load", () => { new Image().src = item.dataset.next; });
