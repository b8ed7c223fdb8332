//! What TwiML for calls may hold: the tables of Twilio's reference pages, for the verbs a town's line uses.

use crate::simulator::twilio::schema::{Attribute, Check, Rule, SCHEMA};

const SSML: &[&str] =
    &["break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w", "amazon:effect"];
const EVENTS: &[&str] = &["initiated", "ringing", "answered", "completed"];
const MODELS: &[&str] = &[
    "default",
    "numbers_and_commands",
    "phone_call",
    "experimental_conversations",
    "experimental_utterances",
    "googlev2_long",
    "googlev2_short",
    "googlev2_telephony",
    "googlev2_telephony_short",
    "deepgram_nova-2",
    "deepgram_nova-3",
];
const NOTHING: &[&str] = &[];

const fn any(name: &'static str) -> Attribute {
    Attribute(name, Check::Any, SCHEMA)
}

const fn url(name: &'static str) -> Attribute {
    Attribute(name, Check::Url, SCHEMA)
}

const fn method(name: &'static str, code: u32) -> Attribute {
    Attribute(name, Check::Method, code)
}

/// Elements that only change how a voice reads.
const fn spoken(name: &'static str, attributes: &'static [Attribute]) -> Rule {
    Rule { name, attributes, children: SSML, text: true }
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "Response",
        attributes: &[],
        children: &["Say", "Play", "Pause", "Gather", "Redirect", "Dial", "Record", "Hangup", "Reject"],
        text: false,
    },
    Rule {
        name: "Gather",
        attributes: &[
            Attribute("input", Check::OneOf(&["dtmf", "speech", "dtmf speech", "speech dtmf"]), 13_326),
            url("action"),
            method("method", 13_312),
            Attribute("timeout", Check::Number(1, 600), 13_313),
            // Numbers or `auto`; see `gather::check`.
            any("speechTimeout"),
            Attribute("numDigits", Check::Number(1, 100), 13_314),
            Attribute("finishOnKey", Check::Keys(1), 13_310),
            any("language"),
            // At most 500 entries of at most 100 characters.
            Attribute("hints", Check::List(500, 100), 13_330),
            Attribute("speechModel", Check::OneOf(MODELS), 13_334),
            Attribute("profanityFilter", Check::Bool, 13_333),
            Attribute("enhanced", Check::Bool, SCHEMA),
            url("partialResultCallback"),
            method("partialResultCallbackMethod", 13_329),
            Attribute("actionOnEmptyResult", Check::Bool, 13_338),
            Attribute("bargeIn", Check::Bool, 13_332),
        ],
        children: &["Say", "Play", "Pause"],
        text: false,
    },
    Rule {
        name: "Say",
        attributes: &[any("language"), any("voice"), Attribute("loop", Check::Number(0, 1000), 13_510)],
        children: SSML,
        text: true,
    },
    Rule {
        name: "Play",
        attributes: &[
            Attribute("loop", Check::Number(0, 1000), 13_410),
            Attribute("digits", Check::Keys(64), 13_430),
        ],
        children: NOTHING,
        text: true,
    },
    Rule {
        name: "Pause",
        attributes: &[Attribute("length", Check::Number(1, 600), 13_910)],
        children: NOTHING,
        text: false,
    },
    Rule { name: "Redirect", attributes: &[method("method", 13_710)], children: NOTHING, text: true },
    Rule {
        name: "Dial",
        attributes: &[
            url("action"),
            method("method", 13_210),
            Attribute("timeout", Check::Number(1, 600), 13_212),
            Attribute("timeLimit", Check::Number(1, 86_400), 13_216),
            // Checked against the town's and the caller's number.
            any("callerId"),
            Attribute("answerOnBridge", Check::Bool, SCHEMA),
            Attribute("hangupOnStar", Check::Bool, 13_213),
            Attribute(
                "record",
                Check::OneOf(&[
                    "do-not-record",
                    "record-from-answer",
                    "record-from-ringing",
                    "record-from-answer-dual",
                    "record-from-ringing-dual",
                ]),
                SCHEMA,
            ),
            any("ringTone"),
        ],
        children: &["Number", "Sip", "Client"],
        text: true,
    },
    Rule {
        name: "Number",
        attributes: &[
            url("url"),
            method("method", 13_221),
            url("statusCallback"),
            method("statusCallbackMethod", 13_221),
            Attribute("statusCallbackEvent", Check::Words(EVENTS), SCHEMA),
            Attribute("sendDigits", Check::Any, 13_222),
        ],
        children: NOTHING,
        text: true,
    },
    Rule {
        name: "Sip",
        attributes: &[
            url("url"),
            method("method", 13_241),
            url("statusCallback"),
            method("statusCallbackMethod", 13_241),
            Attribute("statusCallbackEvent", Check::Words(EVENTS), SCHEMA),
            any("username"),
            any("password"),
        ],
        children: NOTHING,
        text: true,
    },
    Rule {
        name: "Client",
        attributes: &[
            url("url"),
            method("method", SCHEMA),
            url("statusCallback"),
            method("statusCallbackMethod", SCHEMA),
            Attribute("statusCallbackEvent", Check::Words(EVENTS), SCHEMA),
        ],
        children: NOTHING,
        text: true,
    },
    Rule {
        name: "Record",
        attributes: &[
            url("action"),
            method("method", 13_610),
            Attribute("timeout", Check::Number(0, 600), 13_611),
            Attribute("finishOnKey", Check::Keys(12), 13_613),
            Attribute("maxLength", Check::Number(1, 14_400), 13_612),
            Attribute("playBeep", Check::Bool, 13_616),
            Attribute("trim", Check::OneOf(&["trim-silence", "do-not-trim"]), 13_699),
            url("recordingStatusCallback"),
            method("recordingStatusCallbackMethod", SCHEMA),
            Attribute(
                "recordingStatusCallbackEvent",
                Check::Words(&["in-progress", "completed", "absent"]),
                13_621,
            ),
            // `true` is refused: Twilio transcribes American English only.
            Attribute("transcribe", Check::OneOf(&["false"]), 13_614),
        ],
        children: NOTHING,
        text: false,
    },
    Rule { name: "Hangup", attributes: &[], children: NOTHING, text: false },
    Rule {
        name: "Reject",
        attributes: &[Attribute("reason", Check::OneOf(&["rejected", "busy"]), 13_810)],
        children: NOTHING,
        text: false,
    },
    Rule {
        name: "break",
        attributes: &[
            Attribute(
                "strength",
                Check::OneOf(&["none", "x-weak", "weak", "medium", "strong", "x-strong"]),
                SCHEMA,
            ),
            any("time"),
        ],
        children: NOTHING,
        text: false,
    },
    spoken("emphasis", &[Attribute("level", Check::OneOf(&["strong", "moderate", "reduced"]), SCHEMA)]),
    spoken("lang", &[any("xml:lang")]),
    spoken("p", &[]),
    spoken(
        "phoneme",
        &[Attribute("alphabet", Check::OneOf(&["ipa", "x-sampa", "x-amazon-pinyin"]), SCHEMA), any("ph")],
    ),
    spoken("prosody", &[any("volume"), any("rate"), any("pitch")]),
    spoken("s", &[]),
    spoken("say-as", &[any("interpret-as"), any("format")]),
    spoken("sub", &[any("alias")]),
    spoken("w", &[any("role")]),
    spoken("amazon:effect", &[any("name"), any("vocal-tract-length"), any("phonation")]),
];
