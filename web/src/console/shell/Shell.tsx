// The frame of the signed-in console: navigation, bar, what is wrong with the connection, and the section.
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useLive } from "../events/live";
import { useMay, useSessionEnded } from "../session/session";
import { Bar } from "./Bar";
import { ConnectionBanner } from "./ConnectionBanner";
import { Navigation } from "./Navigation";

export function Shell() {
  const { t } = useTranslation();
  const attends = useMay("chats.attend");
  const ended = useSessionEnded();
  const connection = useLive(attends && !ended);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      <Bar attends={attends} />
      <Navigation />
      <div className="content">
        <ConnectionBanner lost={attends && connection === "lost"} />
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
