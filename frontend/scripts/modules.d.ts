// Types of what comes without any: the parts that the scripts use.

declare module "turndown" {
  interface Rule {
    filter: string;
    replacement: (content: string, node: Node) => string;
  }
  export default class TurndownService {
    constructor(options: Record<string, string>);
    remove(names: string[]): this;
    addRule(name: string, rule: Rule): this;
    turndown(html: string): string;
  }
}

declare module "*/offline_search.js" {
  export class Library {
    add(record: Uint8Array): boolean;
    remove(slug: string): void;
    search(parameters: string, now: number): string;
  }
  export function index(article: string, saved: string): Uint8Array;
  export default function initialise(options: { module_or_path: string }): Promise<unknown>;
}
