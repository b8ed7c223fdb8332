//! Keys, addresses, amounts and numbers.

use super::*;

#[test]
fn keys_phones_and_addresses_are_found() {
    check(&[
        ("mi curp es HEGG560427MVZRRL04", &["curp «HEGG560427MVZRRL04» HEGG560427MVZRRL04"]),
        ("curp hegg560427mvzrrl04", &["curp «hegg560427mvzrrl04» HEGG560427MVZRRL04"]),
        ("HEGG 560427 MVZRRL 04", &["curp «HEGG 560427 MVZRRL 04» HEGG560427MVZRRL04"]),
        ("es BOXW-310820-HNERXN-09", &["curp «BOXW-310820-HNERXN-09» BOXW310820HNERXN09"]),
        ("mi rfc es GODE561231GR8", &["rfc «GODE561231GR8» GODE561231GR8"]),
        ("rfc gode 561231 gr8", &["rfc «gode 561231 gr8» GODE561231GR8"]),
        ("SAT970701NN3", &["rfc «SAT970701NN3» SAT970701NN3"]),
        ("XAXX010101000", &["rfc «XAXX010101000» XAXX010101000"]),
        ("placas ABC-123-D", &["plate «ABC-123-D» ABC123D"]),
        ("placa abc 12 34", &["plate «abc 12 34» ABC1234"]),
        ("carro con placas ABC1234 abandonado", &["plate «ABC1234» ABC1234"]),
        ("ABC-123-D", &["plate «ABC-123-D» ABC123D"]),
        ("S12-ABC", &["plate «S12-ABC» S12ABC"]),
        ("taxi con placas A-123-BCD", &["plate «A-123-BCD» A123BCD"]),
        ("moto con placa 12ABC3", &["plate «12ABC3» 12ABC3"]),
        ("license plate ABC-12-34", &["plate «ABC-12-34» ABC1234"]),
        ("es el abc 123 d", &["number «123» 123.0"]),
        ("correo: Ana.Lopez@Gmail.com", &["email «Ana.Lopez@Gmail.com» ana.lopez@gmail.com"]),
        ("ana arroba gmail punto com", &["email «ana arroba gmail punto com» ana@gmail.com"]),
        ("write to me at john@example.com.", &["email «john@example.com» john@example.com"]),
        ("998 123 4567", &["phone «998 123 4567» +529981234567"]),
        ("mi cel es (998) 555-01 42", &["phone «(998) 555-01 42» +529985550142"]),
        ("+52 1 998 555 0142", &["phone «+52 1 998 555 0142» +529985550142"]),
        ("9981234567", &["phone «9981234567» +529981234567"]),
        ("llámame al 044 998 123 4567", &["phone «044 998 123 4567» +529981234567"]),
        ("998-123-45-67", &["phone «998-123-45-67» +529981234567"]),
        (
            "4152 3134 1234 5678",
            &["number «4152» 4152.0", "number «3134» 3134.0", "number «1234» 1234.0", "number «5678» 5678.0"],
        ),
        ("123 4567", &["number «123» 123.0", "number «4567» 4567.0"]),
        ("12345678", &["number «12345678» 12345678.0"]),
        ("PC-4827-1361", &["folio «PC-4827-1361» digits=48271361 prefix=PC"]),
        ("folio PC 4827 1361", &["folio «PC 4827 1361» digits=48271361 prefix=PC"]),
        ("mi folio es 48271361", &["folio «48271361» digits=48271361"]),
        ("pc48271361", &["folio «pc48271361» digits=48271361 prefix=PC"]),
        ("reporte 4827 1361", &["folio «4827 1361» digits=48271361"]),
        (
            "folio cuarenta y ocho veintisiete trece sesenta y uno",
            &["folio «cuarenta y ocho veintisiete trece sesenta y uno» digits=48271361"],
        ),
        ("folio 4827-l361", &["folio «4827-l361» digits=48271361"]),
        ("folio 48271316", &["number «48271316» 48271316.0"]),
        ("el folio PC-4827-I361", &["folio «PC-4827-I361» digits=48271361 prefix=PC"]),
        ("tel 48271361", &["number «48271361» 48271361.0"]),
    ]);
}

#[test]
fn keys_phones_and_addresses_are_found_and_nothing_where_there_is_none() {
    nothing(&["HEGG560427MVZRRL05", "HEGG561327MVZRRL04", "GODE561231GR9", "ana@gmail"]);
}

#[test]
fn amounts_and_numbers_are_found() {
    check(&[
        ("debo $1,250.50", &["amount «$1,250.50» cents=125050 currency=MXN"]),
        ("1500 pesos", &["amount «1500 pesos» cents=150000 currency=MXN"]),
        ("mil quinientos pesos", &["amount «mil quinientos pesos» cents=150000 currency=MXN"]),
        ("me pidió 20 varos", &["amount «20 varos» cents=2000 currency=MXN"]),
        ("50 dollars", &["amount «50 dollars» cents=5000 currency=USD"]),
        ("USD 100", &["amount «USD 100» cents=10000 currency=USD"]),
        ("$5 mil", &["amount «$5 mil» cents=500000 currency=MXN"]),
        (
            "dos mil pesos con cincuenta centavos",
            &["amount «dos mil pesos con cincuenta centavos» cents=200050 currency=MXN"],
        ),
        ("cincuenta centavos", &["amount «cincuenta centavos» cents=50 currency=MXN"]),
        ("pagué 350 MXN de multa", &["amount «350 MXN» cents=35000 currency=MXN"]),
        ("twenty five hundred pesos", &["amount «twenty five hundred pesos» cents=250000 currency=MXN"]),
        (
            "son como 200 pesos y 3 recibos",
            &["amount «200 pesos» cents=20000 currency=MXN", "number «3» 3.0"],
        ),
        ("US$50", &["amount «US$50» cents=5000 currency=USD"]),
        ("1500", &["number «1500» 1500.0"]),
        ("doce", &["number «doce» 12.0"]),
        ("dos mil trece", &["number «dos mil trece» 2013.0"]),
        ("hay 3 lámparas fundidas", &["number «3» 3.0"]),
    ]);
}

#[test]
fn amounts_and_numbers_are_found_and_nothing_where_there_is_none() {
    nothing(&["mil gracias", "no one came", "once a week", "uno nunca sabe", "ten cuidado"]);
}

#[test]
fn a_foreign_number_does_not_become_one_of_ours() {
    let found = entities("llámame al +1 (555) 123-4567");
    assert!(found.iter().all(|one| one.kind != EntityKind::Phone), "{found:?}");
    let found = entities("llámame al +52 938 112 3344");
    assert!(found.iter().any(|one| one.kind == EntityKind::Phone), "{found:?}");
}

#[test]
fn keys_end_where_their_row_ends() {
    check(&[
        ("PC48271361.", &["folio «PC48271361» digits=48271361 prefix=PC"]),
        ("mi folio PC48271361, gracias", &["folio «PC48271361» digits=48271361 prefix=PC"]),
        ("pc 4827 1361", &["folio «pc 4827 1361» digits=48271361 prefix=PC"]),
        ("son 4827 1361", &["number «4827» 4827.0", "number «1361» 1361.0"]),
        ("placas ABC-123-D.", &["plate «ABC-123-D» ABC123D"]),
        ("placas ABC-123-D.Gracias", &["plate «ABC-123-D» ABC123D"]),
        ("AB&970701NN5", &["rfc «AB&970701NN5» AB&970701NN5"]),
    ]);
    let found = entities("placas YXP-41-2");
    assert!(found.iter().all(|one| one.kind != EntityKind::Plate), "half a plate is another one");
}

#[test]
fn phones_are_dictated() {
    check(&[
        (
            "mi cel es nueve ocho uno, cinco cinco cinco, doce, treinta y cuatro",
            &["phone «nueve ocho uno, cinco cinco cinco, doce, treinta y cuatro» +529815551234"],
        ),
        (
            "nueve ochenta y uno, ciento veintitrés, cuarenta y cinco, sesenta y siete",
            &[
                "phone «nueve ochenta y uno, ciento veintitrés, cuarenta y cinco, sesenta y siete» +529811234567",
            ],
        ),
        (
            "nine eight one five five five one two three four",
            &["phone «nine eight one five five five one two three four» +529815551234"],
        ),
        ("doce, treinta y cuatro", &["number «doce» 12.0", "number «treinta y cuatro» 34.0"]),
    ]);
}

#[test]
fn an_address_that_was_half_said_is_none() {
    check(&[(
        "mi correo es ana punto perez arroba gmail punto com",
        &["email «ana punto perez arroba gmail punto com» ana.perez@gmail.com"],
    )]);
    nothing(&["juan perez arroba gmail punto com"]);
}
