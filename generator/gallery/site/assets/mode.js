// Shows the page in the mode that its address asks for, whatever the system prefers.
const mode = new URLSearchParams(location.search).get("mode");
if (/^[a-z-]+$/.test(mode ?? "")) {
  for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) {
    sheet.href = sheet.getAttribute("href").replace(/\.css$/, `.${mode}.css`);
  }
}
