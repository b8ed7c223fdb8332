// What this browser remembers of the conversation. The visitor's token and own words outlive the tab; what the town
// said is cached for this tab only and fetched again in the next: it may hold a PIN, which the server forgets too.
import type { TownMessage } from "./message";
import { isOwnMessage, type OwnMessage } from "./own";
import type { Store } from "./storage";

const KEPT_MINE = 100;
const KEPT_TOWN = 200;
const FORGOTTEN_AFTER_MS = 30 * 24 * 3600 * 1000;

/** The keys that other tabs of the same site share. */
export const SHARED_KEYS = ["token", "mine"] as const;

export class Memory {
  private readonly local: Store;
  private readonly tab: Store;

  constructor(local: Store, tab: Store, now: number) {
    this.local = local;
    this.tab = tab;
    const used = Number(local.get("used") ?? now);
    if (now - used > FORGOTTEN_AFTER_MS) this.forget();
  }

  get token(): string | null {
    return this.local.get("token");
  }

  set token(token: string) {
    this.local.set("token", token);
  }

  dropToken(): void {
    this.local.remove("token");
  }

  get mine(): OwnMessage[] {
    return list(this.local.get("mine")).filter(isOwnMessage);
  }

  keepMine(mine: readonly OwnMessage[], now: number): void {
    this.local.set("mine", JSON.stringify(mine.slice(-KEPT_MINE)));
    this.local.set("used", String(now));
  }

  get town(): TownMessage[] {
    return list(this.tab.get("town")) as TownMessage[];
  }

  keepTown(town: readonly TownMessage[]): void {
    this.tab.set("town", JSON.stringify(town.slice(-KEPT_TOWN)));
  }

  /** Id of the newest message of the town that the visitor saw. */
  get seen(): string {
    return this.local.get("seen") ?? "";
  }

  set seen(id: string) {
    this.local.set("seen", id);
  }

  get isOpen(): boolean {
    return this.tab.get("open") === "1";
  }

  set isOpen(open: boolean) {
    this.tab.set("open", open ? "1" : "0");
  }

  /** Whether the visitor opened or closed it in this tab already. */
  get wasUsed(): boolean {
    return this.tab.get("open") !== null;
  }

  get draft(): string {
    return this.tab.get("draft") ?? "";
  }

  set draft(text: string) {
    this.tab.set("draft", text);
  }

  /** A photo that waits, as a data address. */
  photo(id: string): string | null {
    return this.local.get(`photo:${id}`);
  }

  keepPhoto(id: string, dataUrl: string): boolean {
    return this.local.set(`photo:${id}`, dataUrl);
  }

  dropPhoto(id: string): void {
    this.local.remove(`photo:${id}`);
  }

  /** Everything, for whoever uses this device next. */
  forget(): void {
    for (const own of this.mine) this.dropPhoto(own.id);
    for (const key of ["token", "mine", "seen", "used"]) this.local.remove(key);
    for (const key of ["town", "draft"]) this.tab.remove(key);
  }
}

function list(json: string | null): unknown[] {
  try {
    const value: unknown = JSON.parse(json ?? "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
