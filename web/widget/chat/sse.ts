// Server-sent events, as far as this page needs them: how many events a chunk of the stream completes. `EventSource`
// cannot send the token in a header, and in an address it would end up in logs.

export function eventCounter(): (chunk: string) => number {
  let line = "";
  let hasData = false;
  return (chunk) => {
    let events = 0;
    for (const character of chunk) {
      if (character === "\r") continue;
      if (character !== "\n") {
        line += character;
        continue;
      }
      // An empty line ends an event; a line that begins with a colon is a comment that keeps the connection.
      if (line === "" && hasData) events += 1;
      hasData = line === "" ? false : hasData || /^(data|event)(:|$)/.test(line);
      line = "";
    }
    return events;
  };
}
