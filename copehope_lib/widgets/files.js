// Buttons that bring a file from the kernel to the reader.

function render({ model, el }) {
  el.classList.add("ch-take");
  const buttons = document.createElement("p");
  buttons.className = "ch-files";
  const said = document.createElement("p");
  said.className = "ch-said";
  said.setAttribute("role", "status");
  el.append(buttons, said);

  function write() {
    buttons.replaceChildren(...model.get("formats").map(([kind, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ch-quiet";
      button.textContent = label;
      button.addEventListener("click", () => model.send({ kind }));
      return button;
    }));
    said.textContent = model.get("said");
  }

  function hear(message, buffers) {
    if (message.kind !== "file") return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([buffers[0]]));
    link.download = message.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  model.on("change:formats change:said", write);
  model.on("msg:custom", hear);
  write();
  return () => {
    model.off("change:formats change:said", write);
    model.off("msg:custom", hear);
  };
}

export default { render };
