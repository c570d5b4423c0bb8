// Dragging in the tree of categories. The arrows and the form beside it do the same with the keyboard and without a script.

const tree = document.querySelector<HTMLElement>("ul.tree");
if (tree) follow(tree);

function follow(tree: HTMLElement): void {
  let dragged: HTMLLIElement | null = null;
  let home: { list: Element; next: Element | null } | null = null;

  for (const item of tree.querySelectorAll("li")) item.draggable = true;
  tree.addEventListener("dragstart", (event) => {
    dragged = (event.target as Element).closest("li");
    if (!dragged || !event.dataTransfer) return;
    home = { list: dragged.parentElement as Element, next: dragged.nextElementSibling };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector(".line > a")?.textContent ?? "");
    dragged.classList.add("dragged");
  });
  // The line goes along with the pointer, so that one sees where it would stand.
  tree.addEventListener("dragover", (event) => {
    const over = (event.target as Element).closest("li");
    if (!dragged || !over) return;
    event.preventDefault();
    if (dragged.contains(over)) return;
    const isGroup = dragged.querySelector("li") !== null;
    const target = isGroup ? topmost(over) : over;
    const within = target.querySelector(":scope > ul");
    // Onto a group with a single category: into the group.
    if (within && !isGroup && home?.list !== tree) return within.prepend(dragged);
    const box = (target.querySelector(".line") ?? target).getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) target.before(dragged);
    else target.after(dragged);
  });
  tree.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!dragged || !home || (dragged.parentElement === home.list && dragged.nextElementSibling === home.next)) return;
    const list = dragged.parentElement as Element;
    home = null;
    post({
      action: "move",
      id: number(dragged),
      parent: list === tree ? "" : number(list.closest("li")),
      place: String([...list.children].indexOf(dragged)),
    });
  });
  tree.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    // Let go of outside, or given up: everything is as it was.
    if (dragged && home) home.list.insertBefore(dragged, home.next);
    dragged = home = null;
  });

  function topmost(item: HTMLElement): HTMLElement {
    return item.parentElement === tree ? item : (item.parentElement?.closest("li") ?? item);
  }
}

/** The category's number stands in the id of its line. */
function number(item: Element | null): string {
  return item?.id.replace("category-", "") ?? "";
}

function post(fields: Record<string, string>): void {
  const form = Object.assign(document.createElement("form"), { method: "post", action: location.pathname, hidden: true });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}
