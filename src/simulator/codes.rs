//! Meta's documented error codes: HTTP status, title, usual details. Read by everything that refuses, by the `failed`
//! statuses, and by whoever arms an error on demand.

use serde_json::{Value, json};

/// One documented error. The HTTP status is what Meta's page says; callers are told to branch on the code alone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) code: i32,
    pub(super) http: u16,
    pub(super) title: &'static str,
    pub(super) details: &'static str,
}

const fn code(code: i32, http: u16, title: &'static str, details: &'static str) -> Code {
    Code { code, http, title, details }
}

/// The entry of a documented code.
pub(super) fn find(code: i32) -> Option<&'static Code> {
    CODES.iter().find(|entry| entry.code == code)
}

/// What stands in for a code that is not in the table.
pub(super) const UNKNOWN: Code = code(131_000, 500, "Something went wrong", "Something went wrong.");

impl Code {
    /// As `errors[]` of a status or a message has it.
    pub(super) fn told(&self) -> Value {
        json!({
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details},
        })
    }
}

/// Authorisation, rates, integrity, sends, templates, flows, registration: in the order of Meta's page.
#[rustfmt::skip]
static CODES: &[Code] = &[
    code(0, 401, "AuthException", "We were unable to authenticate the app user."),
    code(1, 400, "API Unknown", "Invalid request or possible server error."),
    code(2, 503, "API Service", "Temporary due to downtime or due to being overloaded."),
    code(3, 500, "API Method", "Capability or permissions issue."),
    code(4, 400, "API Too Many Calls", "The app has reached its API call rate limit."),
    code(10, 403, "Permission Denied", "Permission is either not granted or has been removed."),
    code(33, 400, "Parameter value is not valid", "The business phone number has been deleted."),
    code(100, 400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
    code(190, 401, "Access token has expired", "Your access token has expired."),
    code(200, 403, "API Permission", "Permission is either not granted or has been removed."),
    code(299, 403, "API Permission", "Permission is either not granted or has been removed."),
    code(368, 403, "Temporarily blocked for policies violations", "The account has been restricted or disabled for violating a platform policy."),
    code(80_007, 400, "Rate limit issues", "The account has reached its rate limit."),
    code(130_403, 403, "Business blocked by user", "The user has blocked this business."),
    code(130_429, 400, "Rate limit hit", "Message failed to send because there were too many messages sent from this phone number in a short period of time"),
    code(130_472, 400, "User's number is part of an experiment", "Message was not sent as part of an experiment."),
    code(130_497, 403, "Business account is restricted from messaging users in this country.", "The account is restricted from messaging users in certain countries."),
    code(131_000, 500, "Something went wrong", "Something went wrong."),
    code(131_005, 403, "Access denied", "Permission is either not granted or has been removed."),
    code(131_008, 400, "Required parameter is missing", "The request is missing a required parameter."),
    code(131_009, 400, "Parameter value is not valid", "One or more parameter values are invalid."),
    code(131_016, 503, "Service unavailable", "A service is temporarily unavailable."),
    code(131_021, 400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    code(131_026, 400, "Message undeliverable", "Message Undeliverable."),
    code(131_030, 400, "Recipient phone number not in allowed list", "Recipient phone number not in allowed list: add recipient phone number to recipient list and try again."),
    code(131_031, 403, "Business Account locked", "The account has been restricted or disabled for violating a platform policy."),
    code(131_037, 400, "Display name approval needed", "The phone number's display name has not been approved."),
    code(131_042, 400, "Business eligibility payment issue", "Message failed to send because there were one or more errors related to your payment method."),
    code(131_045, 500, "Incorrect certificate", "Message failed to send due to a phone number registration error."),
    code(131_047, 400, "Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
    code(131_048, 400, "Spam rate limit hit", "Message failed to send because there are restrictions on how many messages can be sent from this phone number."),
    code(131_049, 400, "Message not delivered", "This message was not delivered to maintain healthy ecosystem engagement."),
    code(131_050, 400, "Marketing messages stopped by the user", "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages from your business."),
    code(131_051, 400, "Unsupported message type", "Unsupported message type."),
    code(131_052, 400, "Media download error", "Unable to download the media sent by the user."),
    code(131_053, 400, "Media upload error", "Unable to upload the media used in the message."),
    code(131_055, 400, "Method not allowed", "Marketing messages are not allowed by this method."),
    code(131_056, 400, "(Business Account, Consumer Account) pair rate limit hit", "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time."),
    code(131_057, 500, "Account in maintenance mode", "Business Account is in maintenance mode."),
    code(131_060, 400, "This message is currently unavailable.", "This message is currently unavailable. Ask the user to send it again."),
    code(131_062, 400, "Business-scoped user id is not supported for this message", "Authentication templates can only be sent to a phone number."),
    code(131_063, 400, "Marketing templates are not enabled", "Marketing templates are not enabled for this account."),
    code(131_064, 400, "Template misuse limit reached", "The account was restricted for misusing templates."),
    code(132_000, 400, "Number of parameters does not match the expected number of params", "The number of parameter values does not match the template's."),
    code(132_001, 404, "Template name does not exist in the translation", "The template does not exist in the specified language or the template has not been approved."),
    code(132_005, 400, "Translated text too long", "Translated text is too long."),
    code(132_007, 400, "Template content policy violated", "Template content violates a policy."),
    code(132_008, 400, "Parameter value format does not match", "A parameter value is formatted incorrectly."),
    code(132_012, 400, "Parameter format does not match format in the created template", "Variable parameter values formatted incorrectly."),
    code(132_015, 400, "Template is paused", "Template is paused due to low quality so it cannot be sent in a template message."),
    code(132_016, 400, "Template is disabled", "Template has been paused too many times due to low quality and is now permanently disabled."),
    code(132_018, 400, "Invalid template parameters", "There is an issue with the parameters of the template."),
    code(132_068, 400, "Flow is blocked", "Flow is in blocked state."),
    code(132_069, 400, "Flow is throttled", "Flow is in throttled state."),
    code(133_000, 500, "Incomplete deregistration", "A previous deregistration attempt failed."),
    code(133_004, 503, "Server temporarily unavailable", "Server is temporarily unavailable."),
    code(133_005, 400, "Two-step verification PIN mismatch", "Two-step verification PIN incorrect."),
    code(133_006, 400, "Phone number re-verification needed", "Phone number needs to be verified before registering."),
    code(133_008, 400, "Too many two-step verification PIN guesses", "Too many two-step verification PIN guesses for this phone number."),
    code(133_009, 400, "Two-step verification PIN guessed too fast", "Two-step verification PIN was entered too quickly."),
    code(133_010, 400, "Phone number not registered", "Phone number not registered on the platform."),
    code(133_015, 400, "Wait a few minutes before registering", "The phone number was deleted recently and its deletion is not complete."),
    code(133_016, 400, "Account register deregister rate limit exceeded", "Registration or deregistration failed because there were too many attempts."),
    code(134_011, 400, "Payments terms of service have not been accepted", "The payments terms have not been accepted."),
    code(134_100, 400, "Marketing API feature error", "Only marketing messages are supported."),
    code(134_101, 400, "Marketing API feature error", "The template is still being synchronised."),
    code(134_102, 400, "Marketing API feature error", "The template cannot be used."),
    code(135_000, 400, "Generic user error", "Message failed to send because of an unknown error with your request parameters."),
];
