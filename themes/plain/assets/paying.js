// The payment provider's own field: what is typed there goes to it, and never through us. Where its script does not come
// there is the way to its page, as without JavaScript.
const inset = document.querySelector("[data-paying]");
const lost = document.querySelector("[data-lost]");

function fail() {
  inset.hidden = true;
  lost.hidden = false;
  lost.setAttribute("role", "alert");
  lost.focus();
}

function begin() {
  const { key, secret, back } = inset.dataset;
  const pay = inset.querySelector("[data-pay]");
  const wrong = inset.querySelector("[data-wrong]");
  const provider = window.Stripe(key, { locale: document.documentElement.lang || "auto" });
  const elements = provider.elements({ clientSecret: secret });
  const field = elements.create("payment");
  field.on("ready", () => {
    lost.hidden = true;
    pay.hidden = false;
  });
  field.on("loaderror", fail);
  field.mount(inset.querySelector("[data-field]"));
  pay.addEventListener("click", async () => {
    if (pay.disabled) return;
    pay.disabled = true;
    pay.setAttribute("aria-busy", "true");
    wrong.hidden = true;
    const given = { elements, confirmParams: { return_url: back } };
    const asked = "registers" in inset.dataset ? provider.confirmSetup(given) : provider.confirmPayment(given);
    const { error } = await asked.catch(() => ({ error: {} }));
    // What succeeds leads away: whoever is still here can try again.
    pay.disabled = false;
    pay.removeAttribute("aria-busy");
    if (error && error.message) {
      wrong.textContent = error.message;
      wrong.hidden = false;
      wrong.focus();
    } else if (error) {
      location.assign(back);
    }
  });
}

if (inset) {
  const script = document.createElement("script");
  script.src = inset.dataset.script;
  script.addEventListener("error", fail);
  script.addEventListener("load", () => {
    try {
      begin();
    } catch {
      fail();
    }
  });
  document.head.append(script);
}
