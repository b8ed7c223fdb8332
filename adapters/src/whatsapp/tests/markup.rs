//! Markdown -> what WhatsApp shows.

use proptest::prelude::*;

use super::super::markup::whatsapp;
use crate::text::utf16_len;

#[test]
fn markdown_is_written_as_whatsapp_shows_it() {
    for (markdown, shown) in [
        ("**Paga** hoy", "*Paga* hoy"),
        ("***Urgente***: **ya**", "*_Urgente_*: *ya*"),
        ("# Predial", "*Predial*"),
        ("### **Requisitos** ##", "*Requisitos*"),
        ("[caja](https://a.mx/x)", "caja: https://a.mx/x"),
        ("**[Paga aquí](https://a.mx)**", "*Paga aquí: https://a.mx*"),
        ("[https://a.mx](https://a.mx)", "https://a.mx"),
        ("[](https://a.mx)", "https://a.mx"),
        ("![plano](https://a.mx/p.png)", "plano: https://a.mx/p.png"),
        ("[wiki](https://a.mx/Luz_(sol)) sigue", "wiki: https://a.mx/Luz_(sol) sigue"),
        ("[066](tel:066) o [correo](mailto:a@b.mx)", "066 o correo: a@b.mx"),
        ("- **Uno**\n- dos", "- *Uno*\n- dos"),
        ("| Pago | Monto |\n|---|---:|\n| Predial | $10 |", "Pago · Monto\nPredial · $10"),
    ] {
        assert_eq!(whatsapp(markdown), shown);
    }
}

#[test]
fn what_is_no_markdown_stays_as_it_is() {
    for text in [
        "",
        "*negrita* _cursiva_ ~tachado~",
        "`**código**`",
        "2 ** 3 ** 4",
        "****",
        "**sin cerrar",
        "#1 en la lista",
        "#",
        "####### siete",
        "[nota](ver abajo)",
        "[a] (https://a.mx)",
        "[sin cerrar](https://a.mx",
        "[x](https://a.mx/con espacio)",
        "¡Hola! ¿[sí]?",
        "a | b",
        "línea 1\r\n\r\nlínea 2\n",
        "👨‍👩‍👧‍👦 ** ñ",
    ] {
        assert_eq!(whatsapp(text), text);
    }
}

proptest! {
    #[test]
    fn no_text_falls_or_grows(text in "[-a#*`|!\\[\\]() ñ👍\nhttps:/.]{0,60}") {
        prop_assert!(utf16_len(&whatsapp(&text)) <= utf16_len(&text));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        whatsapp(&text);
    }
}
