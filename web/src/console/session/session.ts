// Who is signed in. Me is an answer like any other (react-query); that a session ended is told by any request.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useSyncExternalStore } from "react";
import { me as account, session as door } from "../api/accounts";
import { onSessionNews, setToken } from "../api/client";
import { KEYS } from "../api/keys";
import type { Me, Permission } from "../api/types";
import { isLanguage, speak } from "../text/i18n";
import { keepTimesOf } from "../ui/useTimes";
import { queries } from "./queries";

let ended = false;
const listeners = new Set<() => void>();

function setEnded(now: boolean): void {
  if (ended === now) return;
  ended = now;
  for (const heard of listeners) heard();
}

/** The session ended while the page was in use: the page stays, and a dialog asks to sign in. */
export function sessionEnded(): void {
  if (queries.getQueryData(KEYS.me)) setEnded(true);
}
onSessionNews((news) => {
  if (news === "signed_out") sessionEnded();
  // Me brings a new token, and whether the second factor has to be set up first.
  else void queries.invalidateQueries({ queryKey: KEYS.me, exact: true });
});

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
}

function known(me: Me): Me {
  setToken(me.csrf);
  keepTimesOf(me.timezone);
  if (isLanguage(me.language)) speak(me.language);
  return me;
}

export function useMeQuery() {
  return useQuery({
    queryKey: KEYS.me,
    queryFn: async () => known(await account.get()),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After the door opened. Somebody else's page is thrown away: it may show what this person must not see. */
export function signedIn(me: Me): void {
  const before = queries.getQueryData<Me>(KEYS.me);
  if (before && before.id !== me.id) {
    location.reload();
    return;
  }
  queries.setQueryData(KEYS.me, known(me));
  setEnded(false);
  if (before) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "me" });
}

export function changed(me: Me): void {
  queries.setQueryData(KEYS.me, known(me));
}

export async function signOut(): Promise<void> {
  await door.signOut().catch(() => {});
  // A whole new page: nothing of this person stays in memory.
  location.assign("/console");
}

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe was called where nobody is signed in");
  return me;
}

export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
