import { Mark } from "../../ui/Mark";
import { useMe } from "../session/session";
import { AlertsMenu } from "./AlertsMenu";
import { LanguageButton } from "./LanguageButton";
import { StatusMenu } from "./StatusMenu";
import { UserMenu } from "./UserMenu";

export function Bar({ attends }: { attends: boolean }) {
  const { town } = useMe();
  return (
    <header className="bar">
      <Mark name={town} />
      <div className="bar-end">
        {attends && <StatusMenu />}
        {attends && <AlertsMenu />}
        <span className="wide-only">
          <LanguageButton />
        </span>
        <UserMenu />
      </div>
    </header>
  );
}
