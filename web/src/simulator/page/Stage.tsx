// The page around the phones: the bar above, then the desk of whoever one is.
import { useState } from "react";
import type { Town } from "../api";
import { usePeople } from "../people";
import type { Numbers } from "../twilio";
import { Bar } from "./Bar";
import { Desk } from "./Desk";
import type { Pane } from "./Tabs";
import { useMedia } from "./useMedia";

/** Three phones side by side need this much, and a panel beside them that much. */
const SIDE_BY_SIDE = "(min-width: 1060px)";
const WITH_PANEL = "(min-width: 1560px)";

export function Stage({ town, numbers }: { town: Town; numbers: Numbers | null }) {
  const people = usePeople();
  const wide = useMedia(SIDE_BY_SIDE);
  const roomy = useMedia(WITH_PANEL);
  const [pane, setPane] = useState<Pane>("whatsapp");
  const [asked, setAsked] = useState(false);
  // One phone alone leaves room for the panel on any wide screen.
  const always = wide && (roomy || numbers === null);
  const panel = wide && !always ? { open: asked, toggle: () => setAsked(!asked) } : null;
  return (
    <div className={`stage ${wide ? "wide" : "narrow"}`}>
      <Bar town={town.name} people={people} channels={numbers !== null} panel={panel} />
      <Desk
        key={people.me.phone}
        town={town}
        numbers={numbers}
        people={people}
        pane={wide ? null : pane}
        onPane={setPane}
        panel={always ? "beside" : wide ? (asked ? "over" : "closed") : "tab"}
        onClosePanel={() => setAsked(false)}
      />
    </div>
  );
}
