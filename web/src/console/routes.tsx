// The sections of the console. A new one is a row here: where, who may, its sign and word, and its page, which is loaded
// when it is opened.
import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import type { Permission } from "./api/types";
import { SECTIONS, type SectionId } from "./sections";
import { Gate } from "./session/Gate";
import { WelcomePage } from "./session/WelcomePage";
import { FirstSection, NotFound } from "./shell/Elsewhere";
import { Guard } from "./shell/Guard";
import { RouteCrash } from "./shell/RouteCrash";

/** Where the pages of a section are, by their path below the section's. */
const PAGES: Record<SectionId, { path: string; load: () => Promise<ComponentType> }[]> = {
  desk: [{ path: ":id?", load: async () => (await import("./desk/DeskPage")).DeskPage }],
  reports: [
    { path: "", load: async () => (await import("./reports/BoardPage")).BoardPage },
    { path: "map", load: async () => (await import("./reports/MapPage")).MapPage },
    { path: "incidents", load: async () => (await import("./reports/IncidentsPage")).IncidentsPage },
    { path: "route", load: async () => (await import("./reports/sheet/RouteSheetPage")).RouteSheetPage },
    { path: ":id", load: async () => (await import("./reports/ReportPage")).ReportPage },
  ],
  replies: [{ path: "", load: async () => (await import("./replies/RepliesPage")).RepliesPage }],
  blocks: [{ path: "", load: async () => (await import("./blocks/BlocksPage")).BlocksPage }],
  training: [{ path: "", load: async () => (await import("./training/TrainingPage")).TrainingPage }],
  privacy: [
    { path: "", load: async () => (await import("./privacy/PrivacyPage")).PrivacyPage },
    { path: ":reference", load: async () => (await import("./privacy/RequestPage")).RequestPage },
  ],
  feedback: [{ path: "", load: async () => (await import("./feedback/FeedbackPage")).FeedbackPage }],
  team: [{ path: "", load: async () => (await import("./team/TeamPage")).TeamPage }],
  audit: [{ path: "", load: async () => (await import("./audit/AuditPage")).AuditPage }],
  keys: [{ path: "", load: async () => (await import("./keys/KeysPage")).KeysPage }],
  colleagues: [{ path: "", load: async () => (await import("./colleagues/ColleaguesPage")).ColleaguesPage }],
  figures: [{ path: "", load: async () => (await import("./figures/FiguresPage")).FiguresPage }],
  account: [{ path: "", load: async () => (await import("./account/AccountPage")).AccountPage }],
};

function routeOf({ id, permission }: { id: SectionId; permission: Permission | null }): RouteObject {
  return {
    path: id,
    element: <Guard permission={permission} />,
    errorElement: <RouteCrash />,
    children: PAGES[id].map(({ path, load }) => ({
      path,
      lazy: async () => ({ Component: await load() }),
    })),
  };
}

export const router = createBrowserRouter(
  [
    { path: "/welcome", element: <WelcomePage />, errorElement: <RouteCrash /> },
    {
      path: "/",
      element: <Gate />,
      errorElement: <RouteCrash />,
      hydrateFallbackElement: <div className="splash" aria-busy="true" />,
      children: [
        { index: true, element: <FirstSection /> },
        ...SECTIONS.map(routeOf),
        { path: "*", element: <NotFound /> },
      ],
    },
  ],
  { basename: "/console" },
);
