//! Every file of `fixtures/`: what we understand of it, or which test writes the same bytes.

use super::*;

/// Requests that we write and answers that we read: their tests compare them whole.
const NOT_WEBHOOKS: &[&str] = &[
    "media_get_response.json",
    "media_upload_error_131053.json",
    "media_upload_response.json",
    "out_buttons_request.json",
    "out_contact_request.json",
    "out_cta_url_request.json",
    "out_document_request.json",
    "out_error_131047.json",
    "out_error_131056.json",
    "out_error_190.json",
    "out_image_request.json",
    "out_list_request.json",
    "out_location_request.json",
    "out_mark_read_response.json",
    "out_mark_read_typing_request.json",
    "out_reaction_request.json",
    "out_send_response.json",
    "out_send_response_bsuid.json",
    "out_template_media_request.json",
    "out_template_request.json",
    "out_text_request.json",
    "out_voice_request.json",
    "signatures.json",
    "verify_bad_token.form",
    "verify_ok.form",
];

fn all() -> Vec<String> {
    let folder = format!("{}/src/whatsapp/fixtures", env!("CARGO_MANIFEST_DIR"));
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

pub(super) fn webhooks() -> Vec<String> {
    all().into_iter().filter(|name| !NOT_WEBHOOKS.contains(&name.as_str())).collect()
}

/// One line: who, what, and what it hangs on.
fn line(event: &Event) -> String {
    let told = written(event);
    match event {
        Event::Message(message) => {
            let extra: Vec<String> = ["reply_to", "forwarded", "referral"]
                .iter()
                .filter_map(|key| Some(format!(" {key}={}", told.get(key)?)))
                .collect();
            let also: Vec<String> = message.from.also.iter().map(|key| format!("+{key}")).collect();
            format!("{} {} {}{}", message.from.address.key, also.join(""), told["body"], extra.join(""))
        }
        Event::Status(status) => {
            format!("status {} at {:?} {}", status.state.as_str(), status.at, told["error"])
        }
        Event::Echo(echo) => format!("echo to {}: {}", echo.to.address.key, told["body"]),
        Event::Identity(it) => {
            format!("identity {} -> {} {:?}, number: {}", it.was, it.now.address.key, it.now.also, it.number)
        }
        Event::Consent(it) => format!("consent {} {:?} {:?}", it.from.address.key, it.wish, it.scope),
        Event::Account(it) => {
            let about = it.about.as_deref().unwrap_or_default();
            format!("{} {:?} {:?} [{about}] {}: {}", it.account, it.kind, it.severity, it.state, it.sentence)
        }
    }
}

fn story(name: &str) -> String {
    let reception = receive(fixture(name));
    let mut lines = vec![name.to_owned()];
    lines.extend(reception.events.iter().map(|event| format!("    {}", line(event))));
    lines.extend(reception.quarantined.iter().map(|kept| format!("    kept: {}", kept.reason)));
    lines.join("\n")
}

#[test]
fn every_webhook_of_the_fixtures_is_understood() {
    let told: Vec<String> = webhooks().iter().map(|name| story(name)).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
        account_alert.json
            106540352242922 Account Critical [106540352242922] INCREASED_CAPABILITIES_ELIGIBILITY_FAILED: Meta manda un aviso sobre nuestra cuenta (INCREASED_CAPABILITIES_ELIGIBILITY_FAILED): léelo en Meta Business.
        account_capability.json
            109876543210987 Account Info [] TIER_2K: Meta cambió a cuántas personas al día podemos escribir primero: TIER_2K.
        account_disabled.json
            109876543210987 Account Critical [] DISABLE: Meta desactivó nuestra cuenta de WhatsApp: nadie recibe respuesta. Apela en Meta Business hoy mismo.
        account_name_rejected.json
            106540352242922 Account Warning [525500000100] REJECTED: Meta rechazó el nombre del número 525500000100: elige otro que diga claramente de qué municipio es.
        account_number_downgrade.json
            106540352242922 Quality Warning [525500000100] DOWNGRADE: Meta redujo a cuántas personas al día puede escribir primero el número 525500000100: espacia las campañas.
        account_pin_changed.json
            106540352242922 Access Warning [525500000100] PIN_CHANGED: Alguien cambió el PIN de dos pasos del número 525500000100: si no fue el municipio, revisa la cuenta ya.
        account_restricted.json
            106540352242922 Account Warning [525500000100] RESTRICTED_BIZ_INITIATED_MESSAGING: Meta no nos deja escribir primero por WhatsApp: solo contestar. Detén las campañas y revisa la cuenta.
            106540352242922 Account Critical [525500000100] RESTRICTED_CUSTOMER_INITIATED_MESSAGING: Meta no nos deja contestar por WhatsApp: nadie recibe respuesta. Revisa la cuenta en Meta Business.
        account_review_rejected.json
            109876543210987 Account Critical [] REJECTED: Meta revisó y rechazó nuestra cuenta de WhatsApp: apela en Meta Business.
        batch_mixed.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"Hay una fuga de agua"}
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"Hay una fuga de agua"}
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"sticker","source":"1","mime":"image/webp"}
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"video","source":"2","mime":"video/mp4"}
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"unsupported","kind":"tipo_del_futuro"}
            status delivered at Some(1795200020000) null
        coexistence_history.json
        in_audio_voice.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"audio","source":"1908647269898587","mime":"audio/ogg","voice":true}
        in_button_template_quick_reply.json
            phone:+525500000222 +user:MX.90210036547788121004 {"type":"choice","payload":"CITA_CONFIRMA_88213","title":"Confirmar cita"} reply_to="wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDUyAA=="
        in_contacts_phone_answer.json
            user:MX.90210036547788121004 +phone:+525500000333 {"type":"contact","own":true,"name":"Vecina Anónima","phones":["+525500000333"]}
        in_contacts_third_party.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"contact","own":false,"name":"Plomero Juan","phones":["+525500000444","+525500000445"]}
        in_document_no_caption.json
            phone:+525500000222 +user:MX.90210036547788121004 {"type":"media","kind":"document","source":"1376223850470843","mime":"application/pdf"}
        in_edit.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"edited","target":"wamid.ORIGINAL1","text":"Quise decir Av. Juárez 210"}
        in_image.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"image","source":"1003383421387256","mime":"image/jpeg","caption":"Así está el bache"}
        in_interactive_button_reply.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"choice","payload":"confirmar:folio:2026-004512","title":"Sí, confirmar"} reply_to="wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA="
        in_interactive_empty.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"unsupported","kind":"interactive"}
        in_interactive_list_reply.json
            phone:+525500000222 +user:MX.90210036547788121004 {"type":"choice","payload":"tramite:acta_nacimiento","title":"Acta de nacimiento"} reply_to="wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDUwAA=="
        in_interactive_nfm_reply.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"form","answers":"{\"flow_token\": \"cita-88213\", \"fecha\": \"2026-12-03\", \"hora\": \"10:30\", \"oficina\": \"Módulo Centro\"}"} reply_to="wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA1MQA="
        in_location_pin.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"location","lat":19.432608,"lon":-99.133209}
        in_location_place.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"location","lat":19.432608,"lon":-99.133209,"name":"Zócalo","address":"Plaza de la Constitución S/N, Centro"}
        in_order.json
            phone:+525500000222 +user:MX.90210036547788121004 {"type":"order","text":"Dos constancias por favor"}
        in_reaction_add.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"reaction","target":"wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA=","emoji":"👍🏽"}
        in_reaction_removed.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"reaction","target":"wamid.HBgNNTIxNTUwMDAwMDExMRUCABEYEjAwMDAwMDAwMDAwMDAwMDA0RgA="}
        in_revoke.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"revoked","target":"wamid.ORIGINAL1"}
        in_sticker.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"sticker","source":"1376223850470844","mime":"image/webp"}
        in_system_customer_changed_number.json
            identity phone:+525500000111 -> phone:+525500000998 [], number: true
        in_system_customer_identity_changed.json
            identity phone:+525500000111 -> phone:+525500000111 [], number: false
        in_system_user_changed_number.json
            identity phone:+525500000111 -> phone:+525500000999 [User(…)], number: true
        in_system_user_changed_user_id.json
            identity user:MX.90210036547788121004 -> user:MX.55500000000000000002 [], number: false
        in_text.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"Buenas tardes, quiero reportar un bache enorme en Av. Juárez 120, frente a la escuela."}
        in_text_bsuid_only.json
            user:MX.90210036547788121004  {"type":"text","text":"¿Cuánto debo de predial? Cuenta 04-118-022"}
        in_text_compact_escaped.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"¿Dónde pago el predial? 🏡 https://municipio.example/pago"}
        in_text_forwarded.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"Cadena: mañana no hay agua en toda la ciudad"} forwarded=true
        in_text_referral_ad.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"text","text":"Hola, vi su anuncio del descuento de predial"} referral={"source":"120208000000000001","headline":"Predial 2027"}
        in_text_reply_context.json
            phone:+525500000222 +user:MX.90210036547788121004 {"type":"text","text":"Sí, esa misma dirección"} reply_to="wamid.HBgMNTI1NTAwMDAwMjIyFQIAERgSMDAwMDAwMDAwMDAwMDAwMDREAA=="
        in_unsupported.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"unsupported","kind":"poll_creation"}
        in_unsupported_131060.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"unsupported","kind":"unavailable"}
        in_video.json
            phone:+525500000111 +user:MX.13491208655302741918 {"type":"media","kind":"video","source":"1376223850470845","mime":"video/mp4","caption":"Así corre el agua"}
        smb_message_echo.json
            echo to phone:+525500000111: {"type":"text","text":"Le contesta Ventanilla desde el celular: pase mañana a las 9."}
        status_failed_131026.json
            status failed at Some(1795200004000) {"code":131026,"title":"Message undeliverable"}
        status_failed_131047.json
            status failed at Some(1795200003000) {"code":131047,"title":"Re-engagement message"}
        status_out_of_order.json
            status read at Some(1795200040000) null
            status read at Some(1795200030000) null
            status delivered at Some(1795200020000) null
            status sent at Some(1795200010000) null
        status_sent_conversation_legacy.json
            status sent at Some(1795200002000) null
        status_sent_pricing.json
            status sent at Some(1795200002000) null
        template_category_marketing.json
            109876543210987 Account Warning [recordatorio_cita/es_MX] MARKETING: Meta cambió la plantilla recordatorio_cita/es_MX a la categoría de promociones: cuesta más y menos personas la reciben.
        template_paused.json
            109876543210987 Template Warning [recordatorio_cita/es_MX] PAUSED: Meta pausó la plantilla recordatorio_cita/es_MX por quejas de quienes la recibieron: usa otra mientras tanto.
        template_quality_red.json
            109876543210987 Quality Warning [recordatorio_cita/es_MX] RED: La calidad de la plantilla recordatorio_cita/es_MX es baja y Meta puede pausarla: deja de enviarla y cambia su texto.
        user_preferences_stop.json
            consent phone:+525500000111 OptOut Marketing
        value_errors.json
            106540352242922 Account Warning [] 130429: Vamos más rápido de lo que WhatsApp permite: el mensaje saldrá en unos minutos.
        "#);
}

#[test]
fn nothing_of_a_person_is_printed_of_any_of_them() {
    for name in webhooks() {
        let printed = format!("{:?}", receive(fixture(&name)));
        for personal in
            ["00000111", "00000222", "00000333", "00000999", "MX.", "María", "José", "Vecina", "bache"]
        {
            assert!(!printed.contains(personal), "{personal} of {name} in {printed}");
        }
    }
}

#[test]
fn every_file_that_is_no_webhook_is_there_and_used_by_a_test() {
    let names = all();
    let tests: String =
        ["account", "kinds", "media", "outbound", "outcome", "signature", "template", "upload"]
            .iter()
            .map(|file| {
                std::fs::read_to_string(format!(
                    "{}/src/whatsapp/tests/{file}.rs",
                    env!("CARGO_MANIFEST_DIR")
                ))
            })
            .collect::<Result<String, _>>()
            .unwrap();
    for name in NOT_WEBHOOKS {
        assert!(names.contains(&(*name).to_owned()), "{name} is gone");
        assert!(tests.contains(name), "{name} is compared with nothing");
    }
}
