// What the device remembers of searching: the latest searches, and the hit that was just followed. Nothing leaves the device.

import { keep, recall } from "./remembered";

/** Searches that are kept. */
const MOST = 8;

/** The latest searches, newest first. */
export function searches(): string[] {
  const kept = recall("searches");
  return Array.isArray(kept) ? kept.filter((search) => typeof search === "string").slice(0, MOST) : [];
}

/** Puts a search in front. */
export function remember(search: string): void {
  const words = search.trim().replace(/\s+/g, " ");
  if (words) keep("searches", [words, ...searches().filter((other) => other !== words)].slice(0, MOST));
}

/** Takes one search away, or all of them. */
export function forget(search?: string): void {
  keep("searches", search === undefined ? [] : searches().filter((other) => other !== search));
}

/** A hit that was followed: the article, and what to show in it. */
export interface Found {
  path: string;
  anchor: string;
  words: string[];
  passage: string;
  at: number;
}

/** Keeps which hit is followed, for the page that it leads to, in this tab or another one. */
export function follow(link: HTMLAnchorElement): void {
  const marks = link.closest(".hit")?.querySelectorAll("mark") ?? [];
  const words = [...new Set([...marks].map((mark) => mark.textContent ?? ""))].filter((word) => word.trim());
  const passage = link.closest("[data-passage]")?.querySelector("[data-text]")?.textContent ?? "";
  keep("found", { path: link.pathname, anchor: decodeURIComponent(link.hash.slice(1)), words, passage, at: Date.now() });
}

/** The hit that led to this page a moment ago. It is given once. */
export function arrived(): Found | undefined {
  const found = recall("found") as Found | null;
  if (found?.path !== location.pathname) return;
  keep("found", null);
  return Date.now() - found.at < 60_000 ? found : undefined;
}
