// Asks again by itself, a little less often each time; without JavaScript there is the link.
const again = document.querySelector("[data-check-again]");
if (again) {
  const tries = Number(sessionStorage.getItem(location.pathname) || 0);
  if (tries < 20) {
    setTimeout(() => {
      sessionStorage.setItem(location.pathname, String(tries + 1));
      location.replace(again.href);
    }, Math.min(2000 + tries * 1000, 15000));
  }
}
