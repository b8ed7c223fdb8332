// The name and its sign: a service window with a message in it.
import markUrl from "./mark.svg";

export function Mark({ name }: { name: string }) {
  return (
    <span className="mark">
      <img src={markUrl} alt="" width="32" height="32" />
      <span>{name}</span>
    </span>
  );
}
