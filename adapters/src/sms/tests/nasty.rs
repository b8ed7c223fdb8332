//! Whatever anybody sends, nothing breaks.

use proptest::prelude::*;

use super::*;

/// Forms of known names and any values, broken escapes among them.
fn form() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "From",
        "To",
        "Body",
        "NumMedia",
        "MediaUrl0",
        "MediaContentType0",
        "OptOutType",
        "MessageStatus",
        "ErrorCode",
        "from",
        "to",
        "text",
        "charset",
        "coding",
        "id",
        "at",
        "type",
        "answer",
        "ref",
        "number",
        "",
    ]);
    let value = prop_oneof![
        "[a-zA-Z0-9+%=]{0,12}",
        Just("%2B525500000111".to_owned()),
        Just("%2B525500000200".to_owned()),
        Just("55500200".to_owned()),
        Just("UTF-16BE".to_owned()),
        Just("%00%D8%3D%".to_owned()),
        Just("delivered".to_owned()),
        Just("3".to_owned()),
    ];
    let pairs = prop::collection::vec((name, value), 0..10);
    pairs.prop_map(|pairs| {
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    })
}

fn json_text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "\\{\"results\": ?\\[[\\PC]{0,60}\\]\\}".prop_map(String::into_bytes),
        Just(br#"{"results":[{"messageId":1,"from":true,"to":[],"message":null},"x",null]}"#.to_vec()),
        Just(br#"{"results":[{"messageId":"\ud83d","from":"525500000111","to":"525500000300","message":{"text":"\ud83d"}}]}"#.to_vec()),
    ]
}

proptest! {
    #![proptest_config(crate::fuzz::cases(200))]

    #[test]
    fn no_signed_form_breaks_twilios_routes(form in form(), status in any::<bool>()) {
        let path = if status { TWILIO_STATUS } else { TWILIO };
        let body = format!("AccountSid={ACCOUNT}&MessageSid=SM1&To=%2B525500000200&{form}");
        let mut request = signed(path, body);
        prop_assert!(sms().receive(&request).is_ok());
        *request.body_mut() = Bytes::from(form);
        prop_assert_eq!(sms().receive(&request).map(|_| ()).unwrap_err().status, 403);
    }

    #[test]
    fn no_query_breaks_kannels_routes(form in form(), body in prop::collection::vec(any::<u8>(), 0..60)) {
        for request in [
            Request::get(format!("{KANNEL}?key=SECRETO&to=55500200&{form}")).body(Bytes::new()).unwrap(),
            Request::post(format!("{KANNEL}?key=SECRETO&{form}")).body(Bytes::from(body)).unwrap(),
        ] {
            prop_assert!(sms().receive(&request).is_ok());
        }
        let status = Request::get(format!("{KANNEL_STATUS}?{form}")).body(Bytes::new()).unwrap();
        prop_assert!(sms().receive(&status).is_err());
    }

    #[test]
    fn no_body_breaks_the_configured_provider(body in json_text(), query in form(), status in any::<bool>()) {
        let path = if status { HTTP_STATUS } else { HTTP };
        let url = format!("{path}?key=llave-de-entrada&{query}");
        let get = Request::get(url.as_str()).body(Bytes::new()).unwrap();
        let post = Request::post(url.as_str()).body(Bytes::from(body)).unwrap();
        for request in [get, post] {
            prop_assert!(sms().receive(&request).is_ok());
        }
    }

    #[test]
    fn no_answer_breaks_an_outcome(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..80)) {
        for account in [NUMBER, KANNEL_NUMBER, HTTP_NUMBER] {
            let _ = outcome(account, status, body.clone());
        }
    }
}
