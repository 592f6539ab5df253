// Keeps what a buyer has begun. The page works without it.
"use strict";
(() => {
    const form = document.getElementById("card");
    if (!form || !form.dataset.draft) return;
    const saved = document.getElementById("saved");
    const place = form.dataset.draft;
    let timer = 0;
    let last = "";
    const text = () => {
        const data = new FormData(form);
        return new URLSearchParams(data).toString();
    };
    const keep = async () => {
        const now = text();
        if (now === last) return;
        try {
            const answer = await fetch(place, {
                method: "POST",
                headers: {"Content-Type": "application/x-www-form-urlencoded"},
                body: now,
                keepalive: true,
            });
            if (!answer.ok) return;
            last = now;
            saved.textContent = saved.dataset.saved;
        } catch (offline) {
            // The form itself is still there: nothing is lost until the page is closed.
        }
    };
    form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(keep, 800);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") {
            clearTimeout(timer);
            if (last !== "" || timer) keep();
        }
    });
})();
