use ventanilla_values::Lang;

use super::{at, demo, with_change};

fn says(date: &str, hour: u32, minute: u32) -> (bool, String) {
    let status = demo().office().status(at(date, hour, minute));
    (status.open, status.when_text.get(Lang::ES).to_owned())
}

#[test]
fn the_hours_are_said_as_people_say_them() {
    let status = demo().office().status(at("2026-11-24", 9, 0));
    assert_eq!(status.hours_text.get(Lang::ES), "Atendemos de lunes a viernes de 8:00 a 15:00.");
    assert_eq!(status.hours_text.get(Lang::EN), "We are open Monday to Friday, 8:00 am to 3:00 pm.");
}

#[test]
fn an_open_office_says_until_when() {
    let status = demo().office().status(at("2026-11-24", 8, 0));
    assert!(status.open);
    assert_eq!(status.until, Some(at("2026-11-24", 15, 0)));
    assert_eq!(status.next_open, None);
    assert_eq!(status.when_text.get(Lang::ES), "hoy hasta las 15:00");
    assert_eq!(status.when_text.get(Lang::EN), "today until 3:00 pm");
}

#[test]
fn it_closes_on_the_minute_and_opens_on_the_minute() {
    assert_eq!(says("2026-11-24", 14, 59), (true, "hoy hasta las 15:00".to_owned()));
    assert_eq!(says("2026-11-24", 15, 0), (false, "mañana miércoles 25 a las 8:00".to_owned()));
    assert_eq!(says("2026-11-24", 7, 59), (false, "hoy a las 8:00".to_owned()));
    assert_eq!(says("2026-11-24", 0, 0), (false, "hoy a las 8:00".to_owned()));
}

#[test]
fn on_a_weekend_it_opens_on_monday() {
    assert_eq!(says("2026-11-21", 10, 0), (false, "el lunes 23 a las 8:00".to_owned()));
    assert_eq!(says("2026-11-22", 23, 59), (false, "mañana lunes 23 a las 8:00".to_owned()));
}

#[test]
fn a_holiday_is_closed_and_says_why() {
    let status = demo().office().status(at("2026-11-16", 10, 0));
    assert!(!status.open);
    assert_eq!(status.closed_because.unwrap().get(Lang::ES), "Día de la Revolución");
    assert_eq!(status.next_open, Some(at("2026-11-17", 8, 0)));
    // The Friday before looks past the weekend and the holiday.
    assert_eq!(says("2026-11-13", 16, 0), (false, "el martes 17 a las 8:00".to_owned()));
}

#[test]
fn winter_holidays_reach_into_the_next_year() {
    let status = demo().office().status(at("2026-12-20", 12, 0));
    assert_eq!(status.closed_because, None, "an ordinary Sunday");
    assert_eq!(status.when_text.get(Lang::ES), "el jueves 7 de enero a las 8:00");
    assert_eq!(status.when_text.get(Lang::EN), "on Thursday, January 7, at 8:00 am");
    let notice = demo().office().status(at("2026-12-25", 12, 0)).closed_because.unwrap();
    assert!(notice.get(Lang::ES).contains("vacaciones de invierno"), "the notice says more than the holiday");
}

#[test]
fn a_split_shift_closes_at_noon_and_opens_again() {
    let catalogue = demo();
    let water = catalogue.department("water").unwrap();
    let office = catalogue.office().with_hours(water.hours.clone().unwrap());
    let noon = office.status(at("2026-11-24", 14, 30));
    assert!(!noon.open);
    assert_eq!(noon.when_text.get(Lang::ES), "hoy a las 16:00");
    assert_eq!(
        noon.hours_text.get(Lang::ES),
        "Atendemos de lunes a viernes de 8:00 a 14:00 y de 16:00 a 18:00."
    );
    assert_eq!(office.status(at("2026-11-24", 13, 0)).until, Some(at("2026-11-24", 14, 0)));
    assert!(!office.status(at("2026-11-16", 17, 0)).open, "holidays close departments too");
}

#[test]
fn days_with_different_hours_are_said_apart() {
    let catalogue = demo();
    let services = catalogue.department("public_services").unwrap();
    let office = catalogue.office().with_hours(services.hours.clone().unwrap());
    let status = office.status(at("2026-11-21", 11, 0));
    assert!(status.open, "they work on Saturdays");
    assert_eq!(
        status.hours_text.get(Lang::ES),
        "Atendemos de lunes a viernes de 7:00 a 15:00 y el sábado de 8:00 a 12:00."
    );
}

#[test]
fn a_night_shift_goes_on_past_midnight() {
    let hours = "monday: [\"22:00-24:00\"]\n  tuesday: [\"00:00-06:00\"]";
    let (catalogue, problems) = with_change("calendar.yaml", "monday-friday: [\"08:00-15:00\"]", hours);
    assert_eq!(problems, []);
    let catalogue = catalogue.unwrap();
    let late = catalogue.office().status(at("2026-11-23", 23, 59));
    assert_eq!(late.until, Some(at("2026-11-24", 6, 0)));
    assert_eq!(late.when_text.get(Lang::ES), "hasta mañana martes 24 a las 6:00");
    assert!(catalogue.office().status(at("2026-11-24", 0, 0)).open);
    assert!(!catalogue.office().status(at("2026-11-24", 6, 0)).open);
}

#[test]
fn open_around_the_clock_never_closes() {
    let (catalogue, _) =
        with_change("calendar.yaml", "monday-friday: [\"08:00-15:00\"]", "monday-sunday: [\"00:00-24:00\"]");
    let status = catalogue.unwrap().office().status(at("2026-11-08", 3, 0));
    assert!(status.open);
    assert_eq!(status.hours_text.get(Lang::ES), "Atendemos todos los días las 24 horas.");
}

#[test]
fn an_office_without_hours_says_so() {
    let (catalogue, _) = with_change("calendar.yaml", "  monday-friday: [\"08:00-15:00\"]", "  {}");
    let status = catalogue.unwrap().office().status(at("2026-11-24", 10, 0));
    assert_eq!(status.next_open, None);
    assert_eq!(status.when_text.get(Lang::ES), "en una fecha por avisar");
}

#[test]
fn working_days_pass_over_weekends_holidays_and_breaks() {
    let day = |date: &str| date.parse().unwrap();
    let office = demo().office();
    for (from, days, to) in [
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        // 21 December to 6 January is a break.
        ("2026-11-23", 20, "2027-01-07"),
        ("2026-11-23", 0, "2026-11-23"),
    ] {
        assert_eq!(office.workdays_after(day(from), days), day(to), "{days} after {from}");
    }
}

#[test]
fn an_office_that_never_opens_counts_days_as_they_come() {
    let office = demo().office().with_hours(Default::default());
    let day = |date: &str| date.parse().unwrap();
    assert_eq!(office.workdays_after(day("2026-11-23"), 20), day("2026-12-13"));
}

#[test]
fn a_help_line_that_nobody_checked_for_a_year_is_named_with_its_line() {
    let day = |date: &str| date.parse().unwrap();
    assert_eq!(demo().town().stale(day("2027-11-21")), []);
    let stale = demo().town().stale(day("2027-11-22"));
    assert_eq!(stale.len(), demo().town().lines.len() + 1, "each line, and the privacy notice");
    assert_eq!(stale[0].message, "the help line 911 was last checked on 2026-11-21");
    assert!(stale.iter().all(|problem| problem.file == "catalogue/town.yaml"));
    assert!(stale[0].line > 0 && stale[0].line < stale[1].line, "{stale:?}");
}
