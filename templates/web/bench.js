// One scan after the other without leaving the page: the answer, a sound, what came before. The
// page works without it.
const form = document.getElementById("scan-form");
const field = document.getElementById("scan");
const place = document.getElementById("answer");
const words = document.getElementById("words").dataset;
const past = document.getElementById("past");
const kept = 12;

for (const id of ["here-label", "quiet-label"]) document.getElementById(id).hidden = false;
const here = document.getElementById("here");
const sound = document.getElementById("sound");
for (const box of [here, sound]) {
    const saved = localStorage.getItem("verso." + box.id);
    if (saved !== null) box.checked = saved === "1";
    box.addEventListener("change", () => localStorage.setItem("verso." + box.id, box.checked ? "1" : "0"));
}

// The printer that was chosen stays chosen on this machine.
const printer = document.getElementById("printer");
if (printer) {
    const saved = localStorage.getItem("verso.printer");
    if (saved !== null && [...printer.options].some((option) => option.value === saved)) printer.value = saved;
    printer.addEventListener("change", () => localStorage.setItem("verso.printer", printer.value));
}

// Two tones that nobody mixes up: one short and high, one long and low.
let audio = null;
const beep = (good) => {
    if (!sound.checked) return;
    try {
        audio = audio || new AudioContext();
        const tone = audio.createOscillator();
        const level = audio.createGain();
        tone.frequency.value = good ? 1240 : 196;
        tone.type = good ? "sine" : "square";
        level.gain.value = 0.12;
        tone.connect(level).connect(audio.destination);
        tone.start();
        tone.stop(audio.currentTime + (good ? 0.12 : 0.6));
    } catch (silent) {
        // A browser that has no sound still shows the answer.
    }
};

const word = {printed: words.printed, valid: words.valid, stop: words.stop};

const show = (answer) => {
    const good = answer.verdict !== "stop";
    const block = document.getElementById("answer-template").content.cloneNode(true);
    const section = block.querySelector("section");
    section.classList.add(good ? "printed" : "stopped");
    block.querySelector("h2").textContent = word[answer.verdict];
    const what = [answer.order];
    if (answer.parcel) what.push(words.parcel.replace("{parcel}", answer.parcel));
    if (answer.buyer) what.push(answer.buyer);
    if (answer.pieces) what.push(words.pieces.replace("{pieces}", answer.pieces));
    if (good && answer.ms !== undefined) what.push((answer.ms / 1000).toFixed(2) + " s");
    block.querySelector(".what").textContent = what.filter(Boolean).join(" · ");
    block.querySelector(".text").textContent = answer.text;
    const open = block.querySelector(".open");
    if (answer.sheet) open.querySelector("a").href = answer.sheet;
    else open.remove();
    const again = block.querySelector(".again");
    if (answer.may_reprint) {
        again.elements.scan.value = answer.order;
        again.elements.parcel.value = answer.parcel || "";
        again.addEventListener("submit", (event) => {
            event.preventDefault();
            const data = new FormData(again);
            if (printer) data.set("printer", printer.value);
            send(data);
        });
    } else {
        again.remove();
    }
    place.replaceChildren(block);
    beep(good);
    remember(answer, good);
    if (answer.sheet && here.checked) print_here(answer.sheet);
};

const remember = (answer, good) => {
    const line = document.createElement("li");
    line.className = good ? "yes" : "no";
    const verdict = document.createElement("strong");
    verdict.textContent = word[answer.verdict];
    const rest = document.createElement("span");
    const at = new Date().toLocaleTimeString();
    rest.textContent = [at, answer.order, answer.text].filter(Boolean).join(" · ");
    line.append(verdict, rest);
    past.prepend(line);
    while (past.children.length > kept) past.lastChild.remove();
};

// Without a printer of its own the bench prints by the browser's.
const paper = document.getElementById("paper");
const print_here = (sheet) => {
    paper.hidden = false;
    paper.onload = () => {
        try {
            paper.contentWindow.print();
        } catch (refused) {
            window.open(sheet, "_blank");
        }
    };
    paper.src = sheet;
};

// Scans wait for one another: a fast packer loses none.
let queue = Promise.resolve();
const send = (data) => {
    queue = queue.then(async () => {
        try {
            const answer = await fetch(form.action, {
                method: "POST",
                headers: {Accept: "application/json"},
                body: new URLSearchParams(data),
            });
            if (answer.status === 401) {
                location.reload();
                return;
            }
            const json = await answer.json();
            if (!answer.ok) throw new Error(json.error && json.error.message);
            show(json);
        } catch (fault) {
            show({verdict: "stop", order: data.get("scan"), text: fault.message || words.offline});
        }
    });
};

form.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(form);
    field.value = "";
    field.focus();
    send(data);
});
// A scanner types wherever the page is: what is typed outside of fields goes into the field.
document.addEventListener("keydown", (event) => {
    const inside = event.target.closest && event.target.closest("input, select, textarea, button, a, summary");
    if (!inside && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus();
});

// A phone's camera as the scanner, where the browser reads codes itself.
const eye = document.getElementById("eye");
const button = document.getElementById("eye-button");
if ("BarcodeDetector" in window && navigator.mediaDevices) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        if (eye.srcObject) {
            for (const track of eye.srcObject.getTracks()) track.stop();
            eye.srcObject = null;
            eye.hidden = true;
            return;
        }
        try {
            eye.srcObject = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}});
        } catch (refused) {
            show({verdict: "stop", order: "", text: refused.message});
            return;
        }
        eye.hidden = false;
        await eye.play();
        const detector = new BarcodeDetector();
        let last = "";
        while (eye.srcObject) {
            const codes = await detector.detect(eye).catch(() => []);
            if (codes.length === 1 && codes[0].rawValue !== last) {
                last = codes[0].rawValue;
                const data = new FormData(form);
                data.set("scan", last);
                send(data);
            }
            await new Promise((next) => setTimeout(next, 250));
        }
    });
}

// The waves that run.
const follow = async () => {
    if (!document.querySelector("[data-running]")) return;
    try {
        const answer = await fetch(form.action + "/waves", {headers: {Accept: "application/json"}});
        const {waves} = await answer.json();
        for (const wave of waves) {
            const row = [...document.querySelectorAll("[data-wave]")].find((one) => one.dataset.wave === wave.name);
            if (!row) continue;
            const done = wave.printed + wave.left_out;
            row.querySelector("progress").value = done;
            row.querySelector(".count").textContent = done + " / " + wave.positions;
            if ("running" in row.dataset && !wave.running) {
                location.reload();
                return;
            }
        }
    } catch (offline) {
        // Asked again in a second.
    }
    setTimeout(follow, 1000);
};
setTimeout(follow, 1000);

// The printer's state, and whether it waits for somebody's word.
const now = document.getElementById("printer-now");
const watch = async () => {
    try {
        const answer = await fetch(form.action.replace(/bench$/, "printers/state"), {headers: {Accept: "application/json"}});
        if (answer.ok) {
            const {printers, jobs} = await answer.json();
            document.getElementById("asks").hidden = !jobs.some((job) => job.asks);
            const name = printer ? printer.value : now && now.dataset.printer;
            const one = printers.find((each) => each.name === name);
            if (one && now) now.textContent = [one.name, one.word, one.waiting || "", one.trouble].filter(Boolean).join(" · ");
        }
    } catch (offline) {
        // Asked again in two seconds.
    }
    setTimeout(watch, 2000);
};
setTimeout(watch, 2000);
