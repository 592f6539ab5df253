// What the printers do is shown while one looks; what is asked or over brings the page anew, but
// never while somebody writes.
const place = location.pathname.replace(/\/change$/, "");
const jobs = () => [...document.querySelectorAll("[data-job]")].map((row) => row.dataset.job + ":" + (row.tagName === "ARTICLE")).sort().join();

const follow = async () => {
    try {
        const answer = await fetch(place + "/state", {headers: {Accept: "application/json"}});
        if (answer.ok) {
            const state = await answer.json();
            for (const printer of state.printers) {
                const row = [...document.querySelectorAll("[data-printer]")].find((one) => one.dataset.printer === printer.name);
                if (!row) continue;
                row.querySelector(".now").textContent = printer.word;
                row.querySelector(".waiting").textContent = printer.waiting;
            }
            const seen = state.jobs.map((job) => job.job + ":" + job.asks).sort().join();
            const writes = document.activeElement && document.activeElement.matches("input, select");
            if (seen !== jobs() && !writes) {
                location.assign(place);
                return;
            }
        }
    } catch (offline) {
        // Asked again in two seconds.
    }
    setTimeout(follow, 2000);
};
setTimeout(follow, 2000);
