// What is wrong with the connection, as long as it is.
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine,
  );
}

export function ConnectionBanner({ lost }: { lost: boolean }) {
  const { t } = useTranslation();
  const online = useOnline();
  const words = online ? (lost ? t("shell.reconnecting") : null) : t("shell.noNetwork");
  return (
    <div role="status">
      {words && (
        <p className="banner">
          <Icon name="warning" size={18} />
          {words}
        </p>
      )}
    </div>
  );
}
