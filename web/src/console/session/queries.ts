// How answers of the server are kept and when they are asked for again.
import { QueryClient } from "@tanstack/react-query";
import { codeOf } from "../api/problem";

const TRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only what may come right by itself; a refusal stays one.
      retry: (failed, error) => failed < TRIES && codeOf(error) === "unreachable",
    },
    // Never sent later on its own: the person sees that it failed and keeps the text.
    mutations: { networkMode: "always", retry: false },
  },
});
