// Files go one by one, each with its progress; what was read of them follows. The page works
// without it, for small files.
const form = document.getElementById("scan-form");
const words = document.getElementById("words").dataset;
const list = document.getElementById("sent");
const section = document.getElementById("now");
const csrf = document.querySelector('meta[name="csrf"]').content;
const most = 200 * 1024 * 1024;

const row = (name) => {
    const line = document.createElement("li");
    const title = document.createElement("span");
    title.className = "name";
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const state = document.createElement("span");
    state.className = "state";
    state.textContent = words.sending;
    line.append(title, " ", bar, " ", state);
    list.prepend(line);
    section.hidden = false;
    return line;
};
const tell = (line, text, is_fault) => {
    const state = line.querySelector(".state");
    state.textContent = text;
    state.classList.toggle("fault", Boolean(is_fault));
    const bar = line.querySelector("progress");
    if (bar) bar.remove();
};

const send = (file) => new Promise((done) => {
    const line = row(file.name);
    if (file.size > most) {
        tell(line, words.large, true);
        done();
        return;
    }
    const request = new XMLHttpRequest();
    request.open("PUT", form.action + "/" + encodeURIComponent(file.name.replaceAll("/", "_") || "scan"));
    request.setRequestHeader("X-Verso-Csrf", csrf);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
        const bar = line.querySelector("progress");
        if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
        let answer = {};
        try {
            answer = JSON.parse(request.responseText);
        } catch (broken) {
            answer = {};
        }
        if (request.status === 202) {
            line.dataset.id = answer.id;
            line.dataset.pending = "";
            tell(line, answer.new ? words.waiting : words.known);
        } else {
            tell(line, answer.error ? answer.error.message : words.failed, true);
        }
        done();
    });
    request.send(file);
});

// Two at a time: the next is on its way while one is kept.
const queue = [];
let busy = 0;
const go_on = () => {
    while (busy < 2 && queue.length > 0) {
        busy += 1;
        send(queue.shift()).then(() => {
            busy -= 1;
            go_on();
        });
    }
};
const take = (files) => {
    queue.push(...files);
    go_on();
};

if (form) {
    const chosen = document.getElementById("files");
    document.getElementById("send").hidden = true;
    chosen.classList.add("hidden-text");
    chosen.addEventListener("change", () => {
        take(chosen.files);
        form.reset();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("dragover", (event) => {
        event.preventDefault();
        form.classList.add("over-it");
    });
    document.addEventListener("dragleave", () => form.classList.remove("over-it"));
    document.addEventListener("drop", (event) => {
        event.preventDefault();
        form.classList.remove("over-it");
        take(event.dataTransfer.files);
    });
}

const follow = async () => {
    const lines = [...document.querySelectorAll("[data-pending]")].slice(0, 50);
    if (lines.length > 0) {
        try {
            const ids = lines.map((line) => line.dataset.id).join(",");
            const answer = await fetch(location.pathname + "/state?ids=" + ids, {headers: {Accept: "application/json"}});
            if (answer.status === 401) location.reload();
            const {scans} = await answer.json();
            for (const line of lines) {
                const scan = scans.find((one) => one.id === line.dataset.id);
                if (!scan) continue;
                if (scan.state === "done" && scan.pages !== undefined) {
                    const text = words.results.replace("{accepted}", scan.accepted).replace("{review}", scan.review).replace("{unreadable}", scan.unreadable);
                    tell(line, words.done + " · " + text);
                    delete line.dataset.pending;
                } else if (scan.state === "dead" || scan.state === "done") {
                    tell(line, words[scan.state] + (scan.error ? ": " + scan.error : ""), scan.state === "dead");
                    delete line.dataset.pending;
                } else if (words[scan.state]) {
                    tell(line, words[scan.state]);
                }
            }
        } catch (offline) {
            // Asked again in a second.
        }
    }
    setTimeout(follow, 1000);
};
setTimeout(follow, 500);
