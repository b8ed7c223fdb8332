// Draws a message's formatting. React escapes every text; nothing here makes HTML of it.
import { Fragment, type ReactNode } from "react";
import { type Block, parse, type Span } from "./parse";

const TAGS = { bold: "strong", italic: "em", strike: "s" } as const;

export function Formatted({ text }: { text: string }) {
  return <div className="formatted">{keyed(parse(text).map(drawBlock))}</div>;
}

function drawBlock(block: Block): ReactNode {
  switch (block.kind) {
    case "lines":
      return <p>{drawSpans(block.spans)}</p>;
    case "quote":
      return <blockquote>{drawSpans(block.spans)}</blockquote>;
    case "bullets":
      return <ul>{keyed(block.items.map(drawItem))}</ul>;
    case "numbers":
      return <ol start={block.start}>{keyed(block.items.map(drawItem))}</ol>;
    case "code":
      return <pre>{block.text}</pre>;
  }
}

function drawItem(spans: Span[]): ReactNode {
  return <li>{drawSpans(spans)}</li>;
}

function drawSpans(spans: Span[]): ReactNode {
  return keyed(spans.map(drawSpan));
}

function drawSpan(span: Span): ReactNode {
  if (typeof span === "string") return span;
  if ("text" in span) {
    if (span.kind === "code") return <code>{span.text}</code>;
    return (
      <a href={span.text} target="_blank" rel="noopener noreferrer">
        {span.text}
      </a>
    );
  }
  const Tag = TAGS[span.kind];
  return <Tag>{drawSpans(span.spans)}</Tag>;
}

/** A message never changes, so its parts keep their places. */
function keyed(parts: ReactNode[]): ReactNode[] {
  return parts.map((part, place) => {
    const key = `${place}`;
    return <Fragment key={key}>{part}</Fragment>;
  });
}
