// "2 segmentos · UCS-2 (acentos)": what a text costs, and why.
import { useLanguage } from "../../text/language";
import type { Encoding } from "./segments";

export function SegmentNote({ segments, encoding }: { segments: number; encoding: Encoding }) {
  const { sms } = useLanguage().texts.simulator;
  return (
    <span className={`segments ${encoding}`}>
      {sms.segments(segments)} · {sms.encodings[encoding]}
    </span>
  );
}
