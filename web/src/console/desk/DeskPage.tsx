// The desk: queues and list, conversation, what is known about it. Three panes on wide screens, one at a time on phones.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { TalkPane } from "./bot/TalkPane";
import { ChatList } from "./list/ChatList";
import type { Tab } from "./list/queues";
import { useLists } from "./list/useLists";
import { ShortcutHelp } from "./ShortcutHelp";
import { SayProvider } from "./say";
import { ChatPane } from "./talk/ChatPane";
import { NoChat } from "./talk/NoChat";
import { useShortcuts } from "./useShortcuts";
import { WhisperToast } from "./whisper/WhisperToast";
import "./desk.css";
import "./list/list.css";
import "./talk/talk.css";
import "./composer/composer.css";
import "./packet/packet.css";
import "./actions/deeds.css";
import "./approval/approval.css";

export function DeskPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const lists = useLists(search.get("queue"));
  const { led, queue, rows } = lists;
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
  // The assistant's talks are opened by their person: with the tab goes what was open under it.
  const turnTo = (next: Tab) => {
    if (id && (next === "bot") !== led) void navigate({ pathname: "/desk", search: `queue=${next}` });
    else setSearch({ queue: next }, { replace: true });
  };
  const openMine = (chat: string) => void navigate({ pathname: `/desk/${chat}`, search: "queue=mine" });
  const step = (by: 1 | -1) => {
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
          lists={lists}
          chosen={id ?? null}
          onTab={turnTo}
          onOpen={open}
          onHelp={() => setHelp(true)}
        />
        {id && led ? (
          <TalkPane
            key={id}
            person={id}
            context={context}
            onContext={setContext}
            onLeave={() => open(null)}
            onChat={openMine}
          />
        ) : id ? (
          <ChatPane key={id} id={id} context={context} onContext={setContext} onLeave={() => open(null)} />
        ) : (
          <NoChat />
        )}
      </div>
      <WhisperToast open={led ? null : (id ?? null)} />
      <ShortcutHelp isOpen={help} onClose={() => setHelp(false)} />
    </SayProvider>
  );
}
