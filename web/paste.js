// A file dropped anywhere on the page goes into the form and is read at once.
const form = document.querySelector(".paste");
if (form) {
  const file = form.querySelector("input[type=file]");
  const over = (on) => (e) => { e.preventDefault(); form.classList.toggle("over", on); };
  addEventListener("dragover", over(true));
  addEventListener("dragleave", over(false));
  addEventListener("drop", (e) => {
    over(false)(e);
    if (e.dataTransfer.files.length) {
      file.files = e.dataTransfer.files;
      form.requestSubmit();
    } else {
      form.elements.text.value = e.dataTransfer.getData("text/html") || e.dataTransfer.getData("text/plain");
      form.requestSubmit();
    }
  });
  // Ctrl+Enter reads; a second press does not send it twice.
  form.elements.text.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.primary");
    button.textContent = "Reading…";
    setTimeout(() => { button.disabled = true; });
  });
  addEventListener("pageshow", () => {
    const button = form.querySelector("button.primary");
    button.disabled = false;
    button.textContent = "Read it";
  });
}
