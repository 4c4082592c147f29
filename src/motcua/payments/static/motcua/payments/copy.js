// Puts a "copy" button behind what one copies into a banking application; without script one selects it.
for (const fact of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mc-link";
  button.textContent = fact.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(fact.dataset.copyText || fact.textContent.trim());
    button.textContent = "✓ " + fact.dataset.copy;
    setTimeout(() => (button.textContent = fact.dataset.copy), 2000);
  });
  fact.after(" ", button);
}
