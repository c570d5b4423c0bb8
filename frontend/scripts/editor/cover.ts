// The cover: chosen among the text's own pictures or uploaded, in place of typing an address.
import { button } from "./toolbar";
import { words } from "./words";

/** The pictures that a text shows, as Markdown or HTML writes them. */
const PICTURE = /(?:\]\(|src=")(\/media\/[0-9a-f]{32,64}\.\w+)/g;
/** More than these would be no choice any more. */
const MOST = 24;

/** Puts the choice below the field. `send` uploads a picture and says its address. */
export function chooseCover(field: HTMLInputElement, body: () => string, send: (file: File) => Promise<string | null>): void {
  const box = document.createElement("div");
  box.className = "covers";
  const file = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", hidden: true });
  const take = (address: string): void => {
    field.value = address;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };
  const show = (): void => {
    const now = field.value.trim();
    const own = [...body().matchAll(PICTURE)].map((match) => match[1]);
    const pictures = [...new Set([...(now.startsWith("/media/") ? [now] : []), ...own])].slice(0, MOST);
    box.replaceChildren(
      ...pictures.map((address, number) => {
        const choice = button("", words.cover(number + 1), () => take(address === field.value.trim() ? "" : address));
        choice.setAttribute("aria-pressed", String(address === now));
        choice.append(Object.assign(document.createElement("img"), { src: address, alt: "", loading: "lazy", width: 96, height: 60 }));
        return choice;
      }),
      button(words.uploadCover, words.uploadCover, () => file.click()),
      file,
    );
  };
  file.addEventListener("change", () => {
    const [picture] = file.files ?? [];
    file.value = "";
    if (picture) void send(picture).then((address) => address && take(address));
  });
  field.addEventListener("change", show);
  field.closest("details")?.addEventListener("toggle", show);
  field.after(box);
  show();
}
