// What comes by chance: articles at the foot of every page, fetched when the reader gets there, and another command to learn.

interface Pick {
  slug: string;
  title: string;
}

/** What the server answers with; nothing when it does not answer. */
async function fetched<T>(address: string): Promise<T | undefined> {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Fills the list at the foot with articles by chance. */
export async function picks(): Promise<void> {
  const list = document.querySelector<HTMLElement>(".random ul");
  if (!list) return;
  list.setAttribute("aria-busy", "true");
  // Not the article that is being read.
  const [, here = ""] = /^\/articles\/([^/]+)$/.exec(location.pathname) ?? [];
  const found = await fetched<Pick[]>(`/api/random?but=${here}`);
  list.removeAttribute("aria-busy");
  if (!found) return;
  list.replaceChildren(
    ...found.map(({ slug, title }) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `/articles/${slug}`;
      link.textContent = title;
      item.append(link);
      return item;
    }),
  );
}

/** Shows another command in the learning card. */
export async function command(button: HTMLElement): Promise<void> {
  const card = button.closest(".learn");
  const found = await fetched<Record<string, string>>("/api/learning");
  if (!card || !found) return;
  for (const field of card.querySelectorAll<HTMLElement>("[data-field]")) field.textContent = found[field.dataset.field ?? ""] ?? "";
}

/** Fills the foot when it comes near, once on each page. */
export function whenReached(): void {
  const place = document.querySelector(".random");
  if (!place) return;
  let filledOn: string | undefined;
  const watch = new IntersectionObserver(
    (seen) => {
      if (filledOn === location.pathname || !seen.some((entry) => entry.isIntersecting)) return;
      filledOn = location.pathname;
      void picks();
    },
    { rootMargin: "200px" },
  );
  watch.observe(place);
}
