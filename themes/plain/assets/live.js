// The price beside a form follows what is typed, and an address the country that is chosen (`data-live-on`). The server
// works it out and writes it; here it only takes its place.
// Nothing is kept by looking: the next page shows the price again, and nothing is bought before that.
const form = document.querySelector("form[data-live]");
if (form) {
  const quiet = form.querySelector("[data-live-failed]");
  const on = form.dataset.liveOn;
  let waiting, asked;

  // What does the same without a script stands aside as long as the script does it.
  const instead = (needed) => {
    for (const button of form.querySelectorAll("[data-live-instead]")) button.hidden = !needed;
  };

  const place = (part) => {
    const old = document.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (!old || old.innerHTML === part.innerHTML) return;
    // What is read aloud must stay the same element, or nobody hears it.
    if (old.matches("[role=status]")) old.textContent = part.textContent;
    else old.replaceWith(part);
  };

  const mark = () => {
    for (const input of form.querySelectorAll("input[aria-describedby*='fault-']")) {
      const ids = input.getAttribute("aria-describedby").split(" ");
      const wrong = ids.some((id) => id.startsWith("fault-") && document.getElementById(id)?.textContent);
      input.toggleAttribute("aria-invalid", wrong);
      if (wrong) input.setAttribute("aria-invalid", "true");
      input.closest(".option")?.classList.toggle("faulty", wrong);
    }
  };

  const look = async () => {
    asked?.abort();
    const mine = (asked = new AbortController());
    try {
      const address = new URL(form.action);
      address.searchParams.set("part", form.dataset.live);
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        redirect: "error",
        signal: mine.signal,
      });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      const faultsOnly = answer.status === 422;
      for (const part of page.querySelectorAll("[data-part]")) {
        if (!faultsOnly || part.matches(".fault, [role=status]")) place(part);
      }
      mark();
      if (quiet) quiet.hidden = true;
      instead(false);
    } catch {
      if (mine.signal.aborted) return;
      if (quiet) quiet.hidden = false;
      instead(true);
    }
  };

  instead(false);
  form.addEventListener("input", (event) => {
    if (on && event.target.name !== on) return;
    clearTimeout(waiting);
    asked?.abort();
    waiting = setTimeout(look, 350);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    asked?.abort();
  });
  // A browser that fills in what was typed before tells nobody.
  window.addEventListener("pageshow", (event) => event.persisted && look());
}
