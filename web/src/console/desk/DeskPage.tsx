// The desk: queues and list, conversation, what is known about it. Three panes on wide screens, one at a time on phones.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { ChatList } from "./list/ChatList";
import { tidyQueue } from "./list/queues";
import { useQueue } from "./list/useQueue";
import { ShortcutHelp } from "./ShortcutHelp";
import { SayProvider } from "./say";
import { ChatPane } from "./talk/ChatPane";
import { NoChat } from "./talk/NoChat";
import { useShortcuts } from "./useShortcuts";
import "./desk.css";
import "./list/list.css";
import "./talk/talk.css";
import "./composer/composer.css";
import "./packet/packet.css";

export function DeskPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const queue = useQueue(tidyQueue(search.get("queue")));
  const [context, setContext] = useState(false);
  const waiting = queue.counts?.unanswered ?? 0;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${t("shell.desk")} · Ventanilla`;
  }, [waiting, t]);
  const [help, setHelp] = useState(false);

  // Keys are faster than routes: the next step counts from the last one.
  const current = useRef(id);
  useEffect(() => {
    current.current = id;
  }, [id]);
  const open = (chat: string | null) => {
    current.current = chat ?? undefined;
    setContext(false);
    const pathname = chat === null ? "/desk" : `/desk/${chat}`;
    void navigate({ pathname, search: search.toString() });
  };
  const step = (by: 1 | -1) => {
    const { rows } = queue;
    const at = rows.findIndex((row) => row.id === current.current);
    const next = at === -1 ? rows[0] : rows[at + by];
    if (next) open(next.id);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), "?": () => setHelp(true) });

  return (
    <SayProvider>
      <h1 className="unseen">{t("shell.desk")}</h1>
      <div className="desk" data-shows={id ? (context ? "context" : "chat") : "list"}>
        <ChatList
          queue={queue}
          chosen={id ?? null}
          onQueue={(name) => setSearch({ queue: name }, { replace: true })}
          onOpen={open}
          onHelp={() => setHelp(true)}
        />
        {id ? (
          <ChatPane key={id} id={id} context={context} onContext={setContext} onLeave={() => open(null)} />
        ) : (
          <NoChat />
        )}
      </div>
      <ShortcutHelp isOpen={help} onClose={() => setHelp(false)} />
    </SayProvider>
  );
}
