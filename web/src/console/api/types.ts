// The console's API by short names: aliases onto the generated document (`npm run api`), and the words that it spells as
// plain strings. Times are Unix milliseconds, ids UUID text.
import type { components, operations, paths } from "../../api/schema";

export type { paths };

type Schemas = components["schemas"];

/** The document calls what may be null optional too; the server always says it. */
export type Whole<T> = T extends readonly (infer U)[]
  ? Whole<U>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

type Answered<Name extends keyof Schemas> = Whole<Schemas[Name]>;

export type Role = Schemas["Role"];
export type Permission = Schemas["Permission"];
export type Language = "es" | "en";

export type Me = Answered<"Me">;
export type SignIn = Answered<"SignIn">;
export type SecondFactorSetUp = Answered<"SecondFactorBegun">;
export type Session = Answered<"Device">;
export type StaffRow = Answered<"StaffRow">;
export type StaffChange = Schemas["StaffChange"];
export type Invitation = Answered<"Invitation">;
export type NewInvitation = Schemas["NewInvitation"];
export type InvitationFor = Answered<"Invited">;
export type AuditRow = Answered<"AuditEntry">;
export type Key = Answered<"Key">;

export type Queue = NonNullable<NonNullable<operations["chats"]["parameters"]["query"]>["queue"]>;
export type Counts = Answered<"QueueCounts">;
export type ChatRow = Answered<"ChatRow">;
export type Chat = Answered<"Chat">;
export type Crisis = Answered<"Crisis">;
export type TalkSummary = Answered<"TalkSummary">;
export type Talk = Answered<"Talk">;
export type Colleague = Answered<"Colleague">;
export type Approval = Schemas["Approval"];
export type GiveBack = Schemas["GiveBack"];
export type Packet = Answered<"Packet">;
export type Line = Answered<"Line">;
export type Viewer = Answered<"Looker">;
export type Askable = Schemas["Ask"];
export type Claim = Schemas["Claim"];
export type Transfer = Schemas["Transfer"];
export type Close = Schemas["Close"];
export type NewCall = Schemas["NewCall"];
export type CallMade = Schemas["CallMade"];
export type WithdrawCall = Schemas["WithdrawCall"];
export type Status = Schemas["Status"];
export type Reply = Answered<"Canned">;
export type ReplyText = Schemas["NewCanned"];
export type Preview = Answered<"Preview">;
export type Attachable = Answered<"Attachable">;
export type TakenIn = Answered<"TakenIn">;
export type Cost = Answered<"Cost">;
export type Template = Answered<"Sendable">;
export type SendTemplate = Schemas["SendTemplate"];
export type ReportForm = Answered<"Prefilled">;
export type Reportable = Answered<"Reportable">;
export type AppendReport = Schemas["AppendReport"];
export type FileReport = Schemas["FileReport"];
export type Lend = Schemas["Lend"];
export type NewBlock = Schemas["NewBlock"];
export type Blocked = Answered<"Blocked">;
export type Teach = Schemas["Teach"];
export type IntentName = Answered<"IntentName">;
export type PrivacyWhich = NonNullable<
  NonNullable<operations["privacy_requests"]["parameters"]["query"]>["which"]
>;
export type PrivacyRow = Answered<"PrivacyRow">;
export type PrivacyRequest = Answered<"PrivacyRequest">;
export type FeedbackEntry = Answered<"FeedbackEntry">;
export type FeedbackChange = Schemas["FeedbackChange"];
export type FeedbackFilter = Omit<NonNullable<operations["feedback"]["parameters"]["query"]>, "cursor">;
export type Explained = Answered<"Explained">;
export type Example = Answered<"TrainingExample">;
export type ExampleState = Schemas["ExampleState"];
export type Review = Schemas["Review"];
export type BoardRow = Answered<"BoardRow">;
export type BoardReport = Answered<"BoardReport">;
export type BoardCounts = Answered<"BoardCounts">;
export type BoardEvent = Answered<"EventView">;
export type BoardPhoto = Answered<"PhotoView">;
export type BoardFilter = NonNullable<operations["board"]["parameters"]["query"]>;
export type BoardQueue = NonNullable<BoardFilter["queue"]>;
export type BoardSeen = Pick<
  operations["board_points"]["parameters"]["query"],
  "south" | "west" | "north" | "east"
>;
export type ReportState = Schemas["State"];
export type ReportClock = Answered<"ReportClock">;
export type NextMove = Answered<"NextMove">;
export type NearReport = Answered<"NearReport">;
export type Incident = Answered<"IncidentView">;
export type Brought = Answered<"BroughtPhoto">;
export type RouteStop = Answered<"RouteStop">;
export type NewMove = Schemas["NewMove"];
export type NewAssignment = Schemas["NewAssignment"];
export type NewReportNote = Schemas["NewReportNote"];
export type NewMerge = Schemas["NewMerge"];
export type AcceptIncident = Schemas["AcceptIncident"];
export type NewRoute = Schemas["NewRoute"];
export type TeamFigures = Answered<"TeamStats">;

const CHANNELS = ["whatsapp", "sms", "voice", "webchat"] as const;
export type Channel = (typeof CHANNELS)[number];

/** A newer server may know more of them than this page. */
export function isChannel(value: string | null): value is Channel {
  return CHANNELS.some((channel) => channel === value);
}

export type Delivery =
  | "queued"
  | "sending"
  | "unsure"
  | "kept"
  | "accepted"
  | "sent"
  | "delivered"
  | "read"
  | "failed";
