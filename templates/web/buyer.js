// Keeps what a buyer has begun, and tells of photos that are too many or too large before they are
// sent. The page works without it.
"use strict";
(() => {
    const photo = document.getElementById("photo");
    if (!photo) return;
    photo.addEventListener("change", () => {
        const files = [...photo.files];
        const fits = files.length <= 3 && files.every((file) => file.size <= 8 * 1024 * 1024);
        photo.setCustomValidity(fits ? "" : document.getElementById("photo-hint").textContent);
        photo.reportValidity();
    });
})();
(() => {
    const form = document.getElementById("card");
    if (!form || !form.dataset.draft) return;
    const saved = document.getElementById("saved");
    const place = form.dataset.draft;
    let timer = 0;
    let last = "";
    const text = () => {
        const data = new FormData(form);
        data.delete("photo");
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
