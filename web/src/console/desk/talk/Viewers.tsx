import { useTranslation } from "react-i18next";
import type { Viewer } from "../../api/types";
import { useMe } from "../../session/session";
import { Avatar } from "../../ui/Avatar";

/** Colleagues who have this conversation open: nobody answers over somebody who is typing. */
export function Viewers({ viewers }: { viewers: readonly Viewer[] }) {
  const { t } = useTranslation();
  const { id } = useMe();
  const others = viewers.filter((viewer) => viewer.id !== id);
  const typing = others.filter((viewer) => viewer.typing);
  const told = typing.length > 0 ? typing : others;
  const names = told.map(({ name }) => name).join(", ");
  const words =
    typing.length > 0 ? t("chat.typing", { names }) : t("chat.viewing", { names, count: told.length });
  return (
    <div className="viewers" role="status">
      {others.length > 0 && (
        <>
          <span className="viewers-faces" aria-hidden="true">
            {others.slice(0, 3).map((viewer) => (
              <span key={viewer.id} className={viewer.typing ? "typing" : undefined}>
                <Avatar name={viewer.name} small />
              </span>
            ))}
          </span>
          <span className="viewers-words">{words}</span>
        </>
      )}
    </div>
  );
}
